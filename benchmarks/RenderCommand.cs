using System.CommandLine;
using Sat.Benchmarks.Measuring;
using Sat.Benchmarks.Results;

namespace Sat.Benchmarks;

/// <summary><c>render</c>: makes docs/benchmarks.md of the raw measurements in benchmarks/raw.</summary>
internal static class RenderCommand
{
    public static Command Create()
    {
        var command = new Command(
            "render",
            "Write docs/benchmarks.md from the raw measurements in benchmarks/raw: of each group the newest."
        );
        command.SetAction(_ =>
        {
            var path = Path.Combine(Workplace.Repository, "docs", "benchmarks.md");
            File.WriteAllText(path, Page.Render(ResultFile.All(Path.Combine(Workplace.Repository, "benchmarks", "raw"))));
            Console.WriteLine(path);
        });
        return command;
    }
}
