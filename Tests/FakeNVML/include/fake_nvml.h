// NVIDIA's library as far as Plimsoll calls it, for machines without a GPU. What it says is set by the environment,
// read at each call:
//
//   FAKE_NVML_GPUS        how many there are; 1
//   FAKE_NVML_REASONS     bits of nvmlDeviceGetCurrentClocksEventReasons; 0
//   FAKE_NVML_WATTS       of each; 612 of 700
//   FAKE_NVML_CAPPED      per cent of the time that the power limit holds it down; 0
//   FAKE_NVML_PID         a process that holds 70 GB of each; none
//   FAKE_NVML_ANSWER      what every call but the first few returns, as 3 (not supported) or 15 (lost); 0
//   FAKE_NVML_HANG        seconds that each reading takes; 0
#pragma once

int nvmlInit_v2(void);
int nvmlShutdown(void);
int nvmlDeviceGetCount_v2(unsigned int *count);
int nvmlDeviceGetHandleByIndex_v2(unsigned int index, void **device);
int nvmlDeviceGetName(void *device, char *name, unsigned int length);
int nvmlDeviceGetUUID(void *device, char *uuid, unsigned int length);
int nvmlDeviceGetUtilizationRates(void *device, unsigned int *gpuAndMemory);
int nvmlDeviceGetMemoryInfo_v2(void *device, unsigned long long *versionTotalReservedFreeUsed);
int nvmlDeviceGetMemoryInfo(void *device, unsigned long long *totalFreeUsed);
int nvmlDeviceGetPowerUsage(void *device, unsigned int *milliwatts);
int nvmlDeviceGetEnforcedPowerLimit(void *device, unsigned int *milliwatts);
int nvmlDeviceGetTotalEnergyConsumption(void *device, unsigned long long *millijoules);
int nvmlDeviceGetTemperatureV(void *device, unsigned int *versionSensorTemperature);
int nvmlDeviceGetTemperature(void *device, unsigned int sensor, unsigned int *celsius);
int nvmlDeviceGetClockInfo(void *device, unsigned int clock, unsigned int *megahertz);
int nvmlDeviceGetCurrentClocksEventReasons(void *device, unsigned long long *reasons);
int nvmlDeviceGetViolationStatus(void *device, unsigned int policy, unsigned long long *referenceAndViolation);
int nvmlDeviceGetComputeRunningProcesses_v3(void *device, unsigned int *count, void *infos);
int nvmlDeviceGetComputeRunningProcesses(void *device, unsigned int *count, void *infos);
int nvmlDeviceGetGraphicsRunningProcesses_v3(void *device, unsigned int *count, void *infos);
