using StyleLab.Cli;

return await CommandLine.RunAsync(args);
