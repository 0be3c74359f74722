using System.CommandLine;
using StyleLab.Endurance;
using StyleLab.Endurance.Connects;
using StyleLab.Endurance.Costs;
using StyleLab.Endurance.Interrupts;
using StyleLab.Endurance.Kills;
using StyleLab.Endurance.Memory;
using StyleLab.Endurance.Mutations;
using StyleLab.Endurance.WriteErrors;
using StyleLab.Endurance.Writers;
using Xunit.MicrosoftTestingPlatform;

// The short forms are tests, which are asked for by options alone.
if (args is [['-', ..], ..] and not ["-h" or "-?" or "--help" or "--version"])
    return await TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions);

var command = new RootCommand("Does to StyleLab what a long life does to it, and counts what becomes of it.")
{
    new InterruptCommand(), new CostCommand(), new ConnectCommand(), new MemoryCommand(), new KillCommand(), new WriteErrorsCommand(),
    new WriterCommand(), new MutateCommand(), new MutationWorker(),
};
return command.Parse(args).Invoke();
