namespace Sat.Records.Tests;

[TestClass]
public class ExitCodeTests
{
    /// <summary>Scripts depend on these numbers.</summary>
    [TestMethod]
    public void The_worst_of_several_codes_follows_the_documented_order()
    {
        int[] fromWorst = [130, 143, 1, 5, 2, 3, 4, 0];
        for (var worse = 0; worse < fromWorst.Length; worse++)
        {
            for (var better = worse; better < fromWorst.Length; better++)
            {
                Assert.AreEqual(fromWorst[worse], ExitCode.Worst(fromWorst[worse], fromWorst[better]));
                Assert.AreEqual(fromWorst[worse], ExitCode.Worst(fromWorst[better], fromWorst[worse]));
            }
        }
        CollectionAssert.AreEqual(
            fromWorst,
            new[]
            {
                ExitCode.Interrupted,
                ExitCode.Terminated,
                ExitCode.Unexpected,
                ExitCode.Environment,
                ExitCode.Planning,
                ExitCode.RunFailed,
                ExitCode.GateNotMet,
                ExitCode.Fine,
            }
        );
    }
}
