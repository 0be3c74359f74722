using System.CommandLine;
using StyleLab.Endurance.Costs;
using StyleLab.Endurance.Interrupts;
using StyleLab.Endurance.Mutations;

var command = new RootCommand("Does to StyleLab what a long life does to it, and counts what becomes of it.") { new InterruptCommand(), new CostCommand(), new MutateCommand(), new MutationWorker() };
return command.Parse(args).Invoke();
