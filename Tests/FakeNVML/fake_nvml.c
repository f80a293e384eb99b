#include "fake_nvml.h"

#include <stdlib.h>

static int gpu;

int nvmlInit_v2(void) { return 0; }

int nvmlShutdown(void) { return 0; }

int nvmlDeviceGetCount_v2(unsigned int *count) {
    *count = 1;
    return 0;
}

int nvmlDeviceGetHandleByIndex_v2(unsigned int index, void **device) {
    *device = &gpu;
    return index == 0 ? 0 : 2;
}

int nvmlDeviceGetCurrentClocksEventReasons(void *device, unsigned long long *reasons) {
    const char *wanted = getenv("FAKE_NVML_REASONS");
    *reasons = wanted ? strtoull(wanted, NULL, 0) : 0;
    return device == &gpu ? 0 : 2;
}
