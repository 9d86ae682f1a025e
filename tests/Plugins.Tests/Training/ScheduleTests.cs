using System.Text.Json.Nodes;
using Sat.Records.Specs;
using Sat.Sdk;

namespace Sat.Training.Tests;

[TestClass]
public sealed class ScheduleTests
{
    [TestMethod]
    public void Cosine_is_that_of_the_paper_and_set_once_an_epoch()
    {
        var schedule = Create("cosine");

        for (var epoch = 0; epoch < 200; epoch++)
        {
            var expected = 0.05 * (1 + Math.Cos(Math.PI * epoch / 200));
            Assert.AreEqual(expected, 0.1 * schedule.Factor(new(epoch, 200, epoch * 196L, 196)), 1e-15);
            Assert.AreEqual(expected, 0.1 * schedule.Factor(new(epoch, 200, epoch * 196L + 195, 196)), 1e-15);
        }
    }

    [TestMethod]
    public void Cosine_a_step_falls_at_every_step_and_ends_near_its_minimum()
    {
        var schedule = Create("cosine", new() { ["per"] = "step", ["minimum"] = 0.01 });

        var factors = Enumerable.Range(0, 100).Select(step => schedule.Factor(new(step / 10, 10, step, 10))).ToArray();

        Assert.AreEqual(1, factors[0], 1e-15);
        Assert.AreEqual(0.01 + 0.99 * 0.5, factors[50], 1e-12);
        Assert.AreEqual(0.01, factors[99], 3e-4);
        Assert.IsTrue(factors.Zip(factors.Skip(1)).All(p => p.Second < p.First));
    }

    [TestMethod]
    public void Warmup_cosine_rises_evenly_and_falls_along_half_a_cosine()
    {
        var schedule = Create("warmup-cosine", new() { ["warmup-epochs"] = 2, ["minimum"] = 0.1 });
        const int Epochs = 10,
            Steps = 8;

        double At(int step) => schedule.Factor(new(step / Steps, Epochs, step, Steps));

        for (var k = 0; k < 2 * Steps; k++)
            Assert.AreEqual(k / 16.0, At(k), 1e-15);
        for (var k = 2 * Steps; k < Epochs * Steps; k++)
            Assert.AreEqual(0.1 + 0.9 * (1 + Math.Cos(Math.PI * (k - 16) / 64)) / 2, At(k), 1e-12);
    }

    [TestMethod]
    [DataRow(0, 5, 1, 0.9045084971874737)]
    [DataRow(10, 5, 4, 0.4)]
    [DataRow(5, 5, 4, 0.8)]
    public void Warmup_cosine_does_without_warmup_and_with_too_much(int warmup, int epochs, int epoch, double expected) =>
        Assert.AreEqual(
            expected,
            Create("warmup-cosine", new() { ["warmup-epochs"] = warmup }).Factor(new(epoch, epochs, epoch, 1)),
            1e-12
        );

    [TestMethod]
    public void Step_multiplies_at_the_start_of_each_milestone()
    {
        // TRADES: a tenth at epochs 75, 90 and 100 of 100 counted from 1, so at 74, 89 and 99 counted from 0.
        var schedule = Create("step", new() { ["milestones"] = new JsonArray(74, 89, 99) });

        double At(int epoch) => schedule.Factor(new(epoch, 100, epoch, 1));

        Assert.AreEqual(1, At(0), 1e-15);
        Assert.AreEqual(1, At(73), 1e-15);
        Assert.AreEqual(0.1, At(74), 1e-15);
        Assert.AreEqual(0.1, At(88), 1e-15);
        Assert.AreEqual(0.01, At(89), 1e-15);
        Assert.AreEqual(0.001, At(99), 1e-15);
    }

    [TestMethod]
    public void Constant_never_changes() => Assert.AreEqual(1, Create("constant").Factor(new(3999, 4000, 1, 1)), 0);

    private static ISchedule Create(string id, JsonObject? options = null) =>
        TestedPlugins.Host.CreateSchedule(new ComponentSpec { Id = id, Options = options ?? [] });
}
