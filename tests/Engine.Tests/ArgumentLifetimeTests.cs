using System.Diagnostics;
using System.Reflection;
using System.Runtime.CompilerServices;
using TorchSharp;
using static TorchSharp.torch;

namespace Sat.Engine.Tests;

/// <summary>What is given to libtorch lives until the call returns, whenever a collection comes: see <c>KeptArguments</c>.</summary>
[TestClass]
public sealed class ArgumentLifetimeTests
{
    const int Rounds = 200_000;

    [TestMethod]
    public void TorchSharp_is_the_one_that_holds_on_to_its_arguments() =>
        Assert.IsTrue(typeof(torch).Assembly.GetCustomAttribute<DebuggableAttribute>()!.IsJITOptimizerDisabled);

    [TestMethod]
    public void A_number_outlives_the_call_that_it_is_given_to()
    {
        var done = false;
        var collector = new Thread(() =>
        {
            while (!Volatile.Read(ref done))
            {
                GC.Collect(0);
                GC.WaitForPendingFinalizers();
            }
        });
        collector.Start();
        try
        {
            Assert.AreEqual(0, Wrong());
        }
        finally
        {
            Volatile.Write(ref done, true);
            collector.Join();
        }
    }

    // As the hot loops of a run are, from the first round.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static int Wrong()
    {
        var wrong = 0;
        using var tensor = zeros(1, float64);
        for (var i = 0; i < Rounds; i++)
        {
            using var scope = NewDisposeScope();
            tensor.fill_(1.0).add_(2.5).mul_(3.0);
            wrong += tensor.data<double>()[0] == 10.5 ? 0 : 1;
        }
        return wrong;
    }
}
