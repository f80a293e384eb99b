// NVIDIA's management library as far as plimsoll asks it: one GPU that holds its clocks down for the reasons
// that the environment variable FAKE_NVML_REASONS names, as a number.
int nvmlInit_v2(void);
int nvmlShutdown(void);
int nvmlDeviceGetCount_v2(unsigned int *count);
int nvmlDeviceGetHandleByIndex_v2(unsigned int index, void **device);
int nvmlDeviceGetCurrentClocksEventReasons(void *device, unsigned long long *reasons);
