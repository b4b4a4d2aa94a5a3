/* 옆에서 일어나는 일 - loaded before libc: syncs take as long, and the clock goes as far behind, as the two files say. */
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static long told(const char *variable) {
    const char *path = getenv(variable);
    FILE *file = path ? fopen(path, "r") : NULL;
    long value = 0;
    if (file) {
        if (fscanf(file, "%ld", &value) != 1) value = 0;
        fclose(file);
    }
    return value;
}

static void slowly(void) {
    long ms = told("MINWON_SYNC_MS");
    struct timespec rest = { ms / 1000, ms % 1000 * 1000000 };
    if (ms > 0) nanosleep(&rest, NULL);
}

int fsync(int file) { slowly(); return (int)syscall(SYS_fsync, file); }
int fdatasync(int file) { slowly(); return (int)syscall(SYS_fdatasync, file); }

int clock_gettime(clockid_t clock, struct timespec *now) {
    int done = (int)syscall(SYS_clock_gettime, clock, now);
    if (clock == CLOCK_REALTIME) now->tv_sec -= told("MINWON_CLOCK_BEHIND");
    return done;
}
