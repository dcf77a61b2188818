import TractatusCLI

CrashGuard.install()
ProcessExit.end(with: CLI.run())
