using StyleLab.Cli;

Cultures.Begin(args);

// Not returned: threads that cells have started may still run, and would keep the process alive.
Environment.Exit(await CommandLine.RunAsync(args));
