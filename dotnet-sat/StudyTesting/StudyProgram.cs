using Microsoft.Testing.Platform.Builder;
using Microsoft.Testing.Platform.Capabilities.TestFramework;

namespace Sat.Study.Testing;

/// <summary>The program that a study project builds: its tests are what the reports of its studies say.</summary>
public static class StudyProgram
{
    /// <summary>Runs it as a program of Microsoft.Testing.Platform.</summary>
    /// <param name="args">Its command line.</param>
    /// <returns>The exit code: 0 where no test failed.</returns>
    public static async Task<int> Run(string[] args)
    {
        var locks = Given("Sat.Study.Locks").Split('|', StringSplitOptions.RemoveEmptyEntries);
        var output = Given("Sat.Study.Output");
        var builder = await TestApplication.CreateBuilderAsync(args);
        builder.RegisterTestFramework(_ => new TestFrameworkCapabilities(), (_, _) => new StudyFramework(locks, output));
        using var application = await builder.BuildAsync();
        return await application.RunAsync();
    }

    /// <summary>What the build wrote into the program's runtime configuration.</summary>
    private static string Given(string name) => AppContext.GetData(name) as string ?? "";
}
