using Sat.Records;

namespace Sat.Tool.Tests;

[TestClass]
[OSCondition(OperatingSystems.Linux, IgnoreMessage = "prlimit is Linux's")]
public sealed class OpenFilesTests
{
    [TestMethod]
    [DataRow(160)]
    [DataRow(96)]
    public async Task Too_few_open_files_are_reported_in_a_sentence(int limit)
    {
        using var workshop = new Workshop();
        workshop.WriteStudy("seed: [1]");
        workshop.Program = ["prlimit", $"--nofile={limit}", .. workshop.Program];
        var sweep = await workshop.Sat("sweep", "tiny.yaml", "--threads", "1");
        Assert.AreEqual(ExitCode.Environment, sweep.ExitCode, sweep.Error);
        Assert.AreEqual(
            $"error: this process may open {limit} files and needs 224: raise the limit, for instance with 'ulimit -n 1024'.\n",
            sweep.Error
        );
    }

    [TestMethod]
    public async Task The_fewest_that_are_let_through_are_enough()
    {
        using var workshop = new Workshop();
        workshop.WriteStudy("seed: [1, 2]");
        workshop.Program = ["prlimit", "--nofile=232", .. workshop.Program];
        var sweep = await workshop.Sat("sweep", "tiny.yaml", "--threads", "1");
        Assert.AreEqual(ExitCode.Fine, sweep.ExitCode, sweep.Error);
    }
}
