"""One file per group of routes; each is thin, and none knows another."""
