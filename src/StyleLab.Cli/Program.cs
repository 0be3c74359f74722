using StyleLab.Cli;

Cultures.Begin(args);
return await CommandLine.RunAsync(args);
