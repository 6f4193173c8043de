/*
 * Timed waits as the C library has them, for a program under libfaketime: preload this before it. libfaketime 0.9.10 converts
 * the end of every wait for a condition by the clock as it is faked at that moment, waits by the monotonic clock too that it was
 * told not to fake, so that whoever waits while the clock jumps wakes too early, or by the same arithmetic too late. .NET waits so
 * for all its timers.
 *
 *   tcc -shared -nostdlib -o timed-waits.so timed-waits.c     (or gcc -shared -fPIC)
 *   LD_PRELOAD=.../timed-waits.so:.../libfaketimeMT.so.1
 */
extern void *dlopen(const char *, int);
extern void *dlsym(void *, const char *);

enum { RTLD_LAZY = 1, RTLD_NOLOAD = 4 };

int pthread_cond_timedwait(void *condition, void *mutex, const void *until)
{
    static int (*real)(void *, void *, const void *);
    if (!real)
        real = dlsym(dlopen("libc.so.6", RTLD_LAZY | RTLD_NOLOAD), "pthread_cond_timedwait");
    return real(condition, mutex, until);
}
