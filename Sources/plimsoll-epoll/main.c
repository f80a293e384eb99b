// The yardstick of plimsoll-bench: the least that a client can do and still measure a stream. It reads,
// finds the ends of events and looks at the clock; it parses neither HTTP nor JSON and records nothing.
//
//     plimsoll-epoll PORT STREAMS SECONDS OUTPUT_TOKENS
//
// Closed loop: each stream sends its next request as soon as its answer is complete, on one connection.
// The request has the fields that plimsoll sends to the simulator, so that both read the same bytes.
// Prints one line of JSON.

#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { read_size = 8192, events_at_once = 256 };

struct stream {
    int fd;
    // Bytes of the line that is being read; an event ends with an empty one.
    size_t line_length;
    // The line's first bytes: enough to know `data: [DONE]`.
    char line_start[12];
    int is_done;
    int64_t sent, first, last;
};

static struct {
    uint64_t bytes, reads, events, requests;
    double ttft_sum, gap_sum;
    uint64_t ttft_count, gap_count;
} totals;

static char request[8192];
static size_t request_length;

static int64_t now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

static void fail(const char *what) {
    fprintf(stderr, "plimsoll-epoll: %s: %s\n", what, strerror(errno));
    exit(1);
}

static void make_request(int port, int output_tokens) {
    static const char *const words[] = {"time", "year", "people", "way", "day", "man", "thing", "woman",
                                        "life", "child", "world", "school", "state", "family", "group", "hand"};
    char body[4096];
    size_t length = (size_t)snprintf(
        body, sizeof body,
        "{\"model\":\"simulated-8b\",\"messages\":[{\"role\":\"user\",\"content\":\"time");
    for (unsigned index = 1; index < 128; index++)
        length += (size_t)snprintf(body + length, sizeof body - length, " %s", words[(index * 7) % 16]);
    length += (size_t)snprintf(
        body + length, sizeof body - length,
        "\"}],\"stream\":true,\"max_tokens\":%d,\"temperature\":0,\"stream_options\":{\"include_usage\":true,"
        "\"continuous_usage_stats\":true},\"ignore_eos\":true,\"min_tokens\":%d}",
        output_tokens, output_tokens);
    request_length = (size_t)snprintf(
        request, sizeof request,
        "POST /v1/chat/completions HTTP/1.1\r\nhost: 127.0.0.1:%d\r\nuser-agent: plimsoll-epoll\r\n"
        "accept: text/event-stream\r\ncontent-type: application/json\r\ncontent-length: %zu\r\n\r\n%s",
        port, length, body);
}

static void send_request(struct stream *stream) {
    stream->is_done = 0;
    stream->line_length = 1;
    stream->first = stream->last = 0;
    // Smaller than any socket's buffer: it goes at once or not at all.
    if (write(stream->fd, request, request_length) != (ssize_t)request_length) fail("write");
    stream->sent = now();
}

static void take(struct stream *stream, const char *bytes, size_t count, int64_t moment) {
    const char *end = bytes + count;
    while (bytes < end) {
        const char *feed = memchr(bytes, '\n', (size_t)(end - bytes));
        size_t part = (size_t)((feed ? feed : end) - bytes);
        for (size_t index = 0; index < part && stream->line_length + index < sizeof stream->line_start; index++)
            stream->line_start[stream->line_length + index] = bytes[index];
        if (!feed) {
            stream->line_length += part;
            return;
        }
        if (stream->line_length + part == 0) {
            totals.events++;
            if (!stream->first) {
                stream->first = moment;
                totals.ttft_sum += (double)(moment - stream->sent);
                totals.ttft_count++;
            } else {
                totals.gap_sum += (double)(moment - stream->last);
                totals.gap_count++;
            }
            stream->last = moment;
        } else if (stream->line_length + part == 12 && !memcmp(stream->line_start, "data: [DONE]", 12)) {
            stream->is_done = 1;
        } else if (stream->is_done && stream->line_length + part == 2 && stream->line_start[0] == '0') {
            // The empty chunk's own line; what is left of the body is CR LF.
            totals.requests++;
            send_request(stream);
            return;
        }
        stream->line_length = 0;
        bytes = feed + 1;
    }
}

static void connect_stream(struct stream *stream, int port, int epoll) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    stream->fd = socket(AF_INET, SOCK_STREAM, 0);
    if (stream->fd < 0 || connect(stream->fd, (struct sockaddr *)&address, sizeof address)) fail("connect");
    int one = 1;
    setsockopt(stream->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    fcntl(stream->fd, F_SETFL, fcntl(stream->fd, F_GETFL) | O_NONBLOCK);
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = stream};
    if (epoll_ctl(epoll, EPOLL_CTL_ADD, stream->fd, &event)) fail("epoll_ctl");
    send_request(stream);
}

int main(int argc, char **argv) {
    if (argc != 5) {
        fprintf(stderr, "usage: plimsoll-epoll PORT STREAMS SECONDS OUTPUT_TOKENS\n");
        return 2;
    }
    int port = atoi(argv[1]), count = atoi(argv[2]);
    double seconds = atof(argv[3]);
    if (port <= 0 || port > 65535 || count <= 0 || count > 65536 || seconds <= 0) return 2;
    make_request(port, atoi(argv[4]));
    struct rlimit files;
    getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);

    int epoll = epoll_create1(0);
    struct stream *streams = calloc((size_t)count, sizeof *streams);
    if (epoll < 0 || !streams) fail("epoll_create1");
    for (int index = 0; index < count; index++) connect_stream(&streams[index], port, epoll);

    int64_t start = now(), stop = start + (int64_t)(seconds * 1e9), moment = start;
    struct epoll_event ready[events_at_once];
    char bytes[read_size];
    while (moment < stop) {
        int found = epoll_wait(epoll, ready, events_at_once, 100);
        if (found < 0 && errno != EINTR) fail("epoll_wait");
        if (found <= 0) moment = now();
        for (int index = 0; index < found; index++) {
            struct stream *stream = ready[index].data.ptr;
            ssize_t length = read(stream->fd, bytes, sizeof bytes);
            moment = now();
            if (length > 0) {
                totals.reads++;
                totals.bytes += (uint64_t)length;
                take(stream, bytes, (size_t)length, moment);
            } else if (length == 0 || errno != EAGAIN) {
                errno = length == 0 ? ECONNRESET : errno;
                fail("read");
            }
        }
    }
    printf(
        "{\"events\":%llu,\"requests\":%llu,\"reads\":%llu,\"bytes\":%llu,\"mean_ttft_ms\":%.4f,"
        "\"mean_itl_ms\":%.4f}\n",
        (unsigned long long)totals.events, (unsigned long long)totals.requests,
        (unsigned long long)totals.reads, (unsigned long long)totals.bytes,
        totals.ttft_count ? totals.ttft_sum / (double)totals.ttft_count / 1e6 : 0,
        totals.gap_count ? totals.gap_sum / (double)totals.gap_count / 1e6 : 0);
    return 0;
}
