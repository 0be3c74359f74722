using System.CommandLine;
using StyleLab.Endurance.Costs;
using StyleLab.Endurance.Interrupts;

var command = new RootCommand("Does to StyleLab what a long life does to it, and counts what becomes of it.") { new InterruptCommand(), new CostCommand() };
return command.Parse(args).Invoke();
