/** Long enough for a slow or busy machine; a spec that waits in vain fails all the same. */
jasmine.DEFAULT_TIMEOUT_INTERVAL = 20_000;
