"""The watchdog: a process beside the window that covers it when it stops."""
