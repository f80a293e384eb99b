#include "fake_nvml.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { success = 0, invalid = 2, notSupported = 3, tooSmall = 7, mostGPUs = 8 };

static int gpus[mostGPUs];

static long long set(const char *name, long long standard) {
    const char *wanted = getenv(name);
    return wanted ? strtoll(wanted, NULL, 0) : standard;
}

static double seconds(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

/// What a call on this device returns.
static int answer(void *device) {
    if (device < (void *)gpus || device >= (void *)(gpus + mostGPUs)) return invalid;
    return (int)set("FAKE_NVML_ANSWER", success);
}

int nvmlInit_v2(void) { return success; }

int nvmlShutdown(void) { return success; }

int nvmlDeviceGetCount_v2(unsigned int *count) {
    *count = (unsigned int)set("FAKE_NVML_GPUS", 1);
    return success;
}

int nvmlDeviceGetHandleByIndex_v2(unsigned int index, void **device) {
    if (index >= mostGPUs || index >= (unsigned int)set("FAKE_NVML_GPUS", 1)) return invalid;
    *device = &gpus[index];
    return success;
}

int nvmlDeviceGetName(void *device, char *name, unsigned int length) {
    snprintf(name, length, "NVIDIA H100 80GB HBM3");
    return answer(device);
}

int nvmlDeviceGetUUID(void *device, char *uuid, unsigned int length) {
    snprintf(uuid, length, "GPU-00000000-0000-0000-0000-%012d", (int)((int *)device - gpus));
    return answer(device);
}

int nvmlDeviceGetUtilizationRates(void *device, unsigned int *gpuAndMemory) {
    unsigned int hang = (unsigned int)set("FAKE_NVML_HANG", 0);
    if (hang > 0) sleep(hang);
    gpuAndMemory[0] = 94;
    gpuAndMemory[1] = 61;
    return answer(device);
}

static const unsigned long long total = 80ull << 30, used = 71ull << 30;

int nvmlDeviceGetMemoryInfo_v2(void *device, unsigned long long *info) {
    if ((unsigned int)info[0] != 0x02000028) return 25;
    info[1] = total;
    info[2] = 1ull << 30;
    info[3] = total - used;
    info[4] = used;
    return answer(device);
}

int nvmlDeviceGetMemoryInfo(void *device, unsigned long long *info) {
    info[0] = total;
    info[1] = total - used;
    info[2] = used;
    return answer(device);
}

int nvmlDeviceGetPowerUsage(void *device, unsigned int *milliwatts) {
    *milliwatts = (unsigned int)set("FAKE_NVML_WATTS", 612) * 1000;
    return answer(device);
}

int nvmlDeviceGetEnforcedPowerLimit(void *device, unsigned int *milliwatts) {
    *milliwatts = 700000;
    return answer(device);
}

int nvmlDeviceGetTotalEnergyConsumption(void *device, unsigned long long *millijoules) {
    *millijoules = (unsigned long long)(seconds() * (double)set("FAKE_NVML_WATTS", 612) * 1000);
    return answer(device);
}

int nvmlDeviceGetTemperatureV(void *device, unsigned int *temperature) {
    if (temperature[0] != 0x100000C) return 25;
    temperature[2] = 61;
    return answer(device);
}

int nvmlDeviceGetTemperature(void *device, unsigned int sensor, unsigned int *celsius) {
    *celsius = 62;
    return sensor == 0 ? answer(device) : invalid;
}

int nvmlDeviceGetClockInfo(void *device, unsigned int clock, unsigned int *megahertz) {
    *megahertz = clock == 2 ? 2619 : 1980;
    return clock < 4 ? answer(device) : invalid;
}

int nvmlDeviceGetCurrentClocksEventReasons(void *device, unsigned long long *reasons) {
    *reasons = (unsigned long long)set("FAKE_NVML_REASONS", 0);
    return answer(device);
}

int nvmlDeviceGetViolationStatus(void *device, unsigned int policy, unsigned long long *status) {
    status[0] = (unsigned long long)(seconds() * 1e6);
    status[1] = policy == 0 ? (unsigned long long)(seconds() * 1e7 * (double)set("FAKE_NVML_CAPPED", 0)) : 0;
    return answer(device);
}

static int processes(void *device, unsigned int *count, void *infos, unsigned long size) {
    int returned = answer(device);
    if (returned != success) return returned;
    unsigned int pid = (unsigned int)set("FAKE_NVML_PID", 0);
    unsigned int room = *count;
    *count = pid > 0 ? 1 : 0;
    if (room < *count) return tooSmall;
    if (pid == 0) return success;
    unsigned long long memory = 70ull << 30;
    memset(infos, 0, size);
    memcpy(infos, &pid, sizeof pid);
    memcpy((char *)infos + 8, &memory, sizeof memory);
    return success;
}

int nvmlDeviceGetComputeRunningProcesses_v3(void *device, unsigned int *count, void *infos) {
    return processes(device, count, infos, 24);
}

int nvmlDeviceGetComputeRunningProcesses(void *device, unsigned int *count, void *infos) {
    return processes(device, count, infos, 16);
}

int nvmlDeviceGetGraphicsRunningProcesses_v3(void *device, unsigned int *count, void *infos) {
    int returned = answer(device);
    *count = 0;
    return returned;
}
