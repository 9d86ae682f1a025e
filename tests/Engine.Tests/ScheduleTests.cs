using System.Text.Json.Nodes;
using Sat.Records.Components;
using Sat.Records.Metrics;
using Sat.Sdk;

namespace Sat.Engine.Tests;

[TestClass]
public sealed class ScheduleTests
{
    [TestMethod]
    public void A_cosine_per_epoch_is_the_paper_s()
    {
        using var run = Ran.Done(Specs.Of(training: Specs.Training(epochs: 4)));

        for (var epoch = 0; epoch < 4; epoch++)
            Assert.AreEqual(0.025 * (1 + Math.Cos(Math.PI * epoch / 4)), run.Values(MetricNames.LearningRate)[epoch], 1e-12);
    }

    [TestMethod]
    public void A_step_schedule_multiplies_at_its_milestones_under_adam_too()
    {
        var schedule = Specs.Component(ComponentKind.Schedule, "step", new() { ["milestones"] = new JsonArray(1, 3), ["factor"] = 0.5 });
        var adam = Specs.Component(ComponentKind.Optimizer, "adam", new() { ["lr"] = 0.01 });

        using var run = Ran.Done(Specs.Of(training: Specs.Training(epochs: 4, optimizer: adam, schedule: schedule)));

        var rates = run.Values(MetricNames.LearningRate);
        foreach (var (expected, rate) in new[] { 0.01, 0.005, 0.005, 0.0025 }.Zip(rates))
            Assert.AreEqual(expected, rate, 1e-12);
    }

    [TestMethod]
    public void The_rate_is_set_at_each_step_and_the_schedule_told_the_time()
    {
        var schedule = new Recorded();
        var rates = new List<double>();
        Components? components = null;
        components = new Components { Schedule = () => schedule, Method = task => new Observer(task, See) };

        using var run = Ran.Done(Specs.Of(training: Specs.Training(epochs: 2)), components);

        // 60 samples in batches of 25: three steps an epoch, the last of ten samples.
        CollectionAssert.AreEqual(
            Enumerable.Range(0, 6).Select(s => new TrainingTime(s / 3, 2, s, 3)).ToArray(),
            schedule.Times.Distinct().ToArray(),
            "asked again for what an epoch's end reports"
        );
        foreach (var (step, rate) in rates.Index())
            Assert.AreEqual(0.05 / (1 + step), rate, 1e-12);

        double See(Batch batch)
        {
            rates.Add(components!.Optimizer!.ParamGroups.Single().LearningRate);
            return 1;
        }
    }

    private sealed class Recorded : ISchedule
    {
        public List<TrainingTime> Times { get; } = [];

        public double Factor(TrainingTime time)
        {
            Times.Add(time);
            return 1.0 / (1 + time.Step);
        }
    }
}
