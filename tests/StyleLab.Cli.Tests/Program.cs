using StyleLab.Cli.Tests;
using Xunit.MicrosoftTestingPlatform;

return args is [Answerer.Word]
    ? await Answerer.RunAsync()
    : await TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions);
