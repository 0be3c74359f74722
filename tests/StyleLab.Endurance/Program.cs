using System.CommandLine;
using StyleLab.Endurance.Connects;
using StyleLab.Endurance.Costs;
using StyleLab.Endurance.Interrupts;
using StyleLab.Endurance.Kills;
using StyleLab.Endurance.Memory;
using StyleLab.Endurance.Mutations;
using StyleLab.Endurance.WriteErrors;
using StyleLab.Endurance.Writers;

var command = new RootCommand("Does to StyleLab what a long life does to it, and counts what becomes of it.")
{
    new InterruptCommand(), new CostCommand(), new ConnectCommand(), new MemoryCommand(), new KillCommand(), new WriteErrorsCommand(),
    new WriterCommand(), new MutateCommand(), new MutationWorker(),
};
return command.Parse(args).Invoke();
