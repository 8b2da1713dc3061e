/* Lets one kind of call fail on what lies below a folder; loaded with LD_PRELOAD.
 *
 * FAULT_FOLDER  only paths that begin so are touched
 * FAULT_CALL    open (of new files), write or fsync
 * FAULT_FROM    the first call that fails, counted from 1
 * FAULT_TIMES   how many calls fail; 0 means all that follow
 * FAULT_ERRNO   what they report; 0 lets a write be short instead
 * FAULT_BYTES   how much a failing write writes before; absent means nothing
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

static int calls;

static long number(const char *name, long absent)
{
    const char *text = getenv(name);
    return text ? atol(text) : absent;
}

static int is_below(const char *path)
{
    const char *folder = getenv("FAULT_FOLDER");
    return folder && !strncmp(path, folder, strlen(folder));
}

static int is_ours(int descriptor)
{
    char link[64], path[4096];
    snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0)
        return 0;
    path[length] = 0;
    return is_below(path);
}

static int fails(const char *call)
{
    const char *chosen = getenv("FAULT_CALL");
    if (!chosen || strcmp(chosen, call))
        return 0;
    long from = number("FAULT_FROM", 1), times = number("FAULT_TIMES", 0);
    calls++;
    return calls >= from && (!times || calls < from + times);
}

ssize_t write(int descriptor, const void *data, size_t size)
{
    ssize_t (*real)(int, const void *, size_t) = dlsym(RTLD_NEXT, "write");
    if (!is_ours(descriptor) || !fails("write"))
        return real(descriptor, data, size);
    int report = (int)number("FAULT_ERRNO", 0);
    long bytes = number("FAULT_BYTES", 0);
    ssize_t written = bytes > 0 ? real(descriptor, data, (size_t)bytes < size ? (size_t)bytes : size) : 0;
    if (!report)
        return written;
    errno = report;
    return -1;
}

int fsync(int descriptor)
{
    int (*real)(int) = dlsym(RTLD_NEXT, "fsync");
    if (!is_ours(descriptor) || !fails("fsync"))
        return real(descriptor);
    errno = (int)number("FAULT_ERRNO", EIO);
    return -1;
}

static int open_or_fail(const char *name, const char *path, int flags, mode_t mode)
{
    int (*real)(const char *, int, ...) = dlsym(RTLD_NEXT, name);
    if (!(flags & O_CREAT) || !is_below(path) || !fails("open"))
        return real(path, flags, mode);
    errno = (int)number("FAULT_ERRNO", EIO);
    return -1;
}

static mode_t mode_of(int flags, va_list rest)
{
    return flags & O_CREAT ? (mode_t)va_arg(rest, int) : 0;
}

int open(const char *path, int flags, ...)
{
    va_list rest;
    va_start(rest, flags);
    mode_t mode = mode_of(flags, rest);
    va_end(rest);
    return open_or_fail("open", path, flags, mode);
}

int open64(const char *path, int flags, ...)
{
    va_list rest;
    va_start(rest, flags);
    mode_t mode = mode_of(flags, rest);
    va_end(rest);
    return open_or_fail("open64", path, flags, mode);
}
