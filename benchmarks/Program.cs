using Sat.Benchmarks;
using Sat.Benchmarks.Subjects;

var root = MeasureCommand.Create();
root.Subcommands.Add(RenderCommand.Create());
root.Subcommands.Add(SubjectCommand.Create());
return await root.Parse(args).InvokeAsync();
