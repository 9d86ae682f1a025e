using Sat.Records.Runs;
using Sat.Records.Specs;
using Sat.Sdk;
using static TorchSharp.torch;

namespace Sat.Engine.Tests;

/// <summary>What docs/architecture.md says of the training loop is what a method with every ability sees.</summary>
[TestClass]
public sealed class LoopPageTests
{
    [TestMethod]
    [DataRow(false, false, false)]
    [DataRow(true, true, false)]
    [DataRow(true, false, true)]
    public void A_method_is_called_as_the_page_says(bool checkpoints, bool probed, bool ownStep)
    {
        var training = Specs.Training(epochs: 2, batchSize: 20, validation: 10) with
        {
            Probe = probed ? new ComponentSpec { Id = "mine" } : null,
        };
        var calls = new List<string>();

        using var run = Ran.Of(
            Specs.Of(training: training),
            new Components { Method = task => Create(task, calls, ownStep), Evaluation = _ => new Dictionary<string, double>() },
            checkpoints: checkpoints ? new CheckpointInterval(1, null) : null
        );

        Assert.AreEqual(RunStatus.Done, run.Record.Status, run.Log);
        AssertAsOnPage(calls, steps: [3, 3], checkpoints, probed, ownStep, resumed: false);
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void A_method_that_resumes_within_an_epoch_is_called_as_the_page_says(bool ownStep)
    {
        var spec = Specs.Of(training: Specs.Training(epochs: 2, batchSize: 20, validation: 10));
        using var stop = new CancellationTokenSource();
        using var stopped = Ran.Of(
            spec,
            new Components
            {
                Method = task => Create(task, [], ownStep),
                Schedule = () =>
                    new Watching(time =>
                    {
                        if (time.Step == 1)
                            stop.Cancel();
                    }),
            },
            stop: stop.Token
        );
        Assert.AreEqual(RunStatus.Interrupted, stopped.Record.Status, stopped.Log);
        var calls = new List<string>();

        var run = stopped.GoOn(spec, new Components { Method = task => Create(task, calls, ownStep) });

        Assert.AreEqual(RunStatus.Done, run.Record.Status, run.Log);
        AssertAsOnPage(calls, steps: [1, 3], checkpoints: false, probed: false, ownStep, resumed: true);
    }

    [TestMethod]
    public void The_page_names_every_ability_of_a_method()
    {
        var named = new LoopPage([], (_, _) => true).Named.Select(n => n.Split('.')[0]).ToHashSet();
        foreach (var ability in typeof(RecordingOwn).GetInterfaces().Where(i => i.Assembly == typeof(Method).Assembly))
            Assert.Contains(ability.Name, named);
        var abilities = typeof(Method)
            .Assembly.GetExportedTypes()
            .Where(t => t.IsInterface && t.IsAssignableFrom(typeof(RecordingOwn)))
            .ToArray();
        Assert.HasCount(20, abilities, "a new ability of methods has a line on the page, and a member of Recording");
    }

    private static Recording Create(TrainingTask task, List<string> calls, bool ownStep) =>
        ownStep ? new RecordingOwn(task, calls) : new Recording(task, calls);

    private static void AssertAsOnPage(List<string> calls, int[] steps, bool checkpoints, bool probed, bool ownStep, bool resumed)
    {
        var page = new LoopPage(steps, (condition, epoch) => condition switch
            {
                "when the run resumes within an epoch" or "when the run resumes" => resumed,
                "when it is not the one that the run resumes within" => !resumed || epoch > 0,
                "when a checkpoint is due" => checkpoints,
                "when the method makes its steps itself" => ownStep,
                "when the engine makes the step" => !ownStep,
                "when the epoch is evaluated" => true,
                "when the epoch is probed" => probed,
                _ => throw new AssertFailedException($"nobody knows '{condition}'"),
            });
        CollectionAssert.AreEqual(Once(page.Calls()), Once(calls), string.Join("\n", Once(calls)));
    }

    /// <summary>Several calls in a row for parts of one thing, such as batches of images, are one.</summary>
    private static string[] Once(IEnumerable<string> calls)
    {
        var once = new List<string>();
        foreach (var call in calls)
        {
            if (once.Count == 0 || once[^1] != call || call is "Method.Loss" or "IOwnStep.Step")
                once.Add(call);
        }
        return [.. once];
    }

    private class Recording
        : Method,
            IClassifier,
            IHasBackbone,
            ISoftTargets,
            IMethodState,
            IStepEnded,
            IEpochStarted,
            ISurvey,
            IMethodMetrics,
            IMultiView,
            IMethodWarnings,
            IDerivedOptions,
            IParameterGroups,
            IGradientsReady,
            ISampler,
            IBatchStreams,
            IEpochSelection,
            IMethodNumbers,
            ISampleSelection,
            IMethodFiles
    {
        private readonly List<string> _calls;
        private readonly Classifier _model;
        private readonly Tensor _targets;

        public Recording(TrainingTask task, List<string> calls)
            : this(task, calls, task.CreateClassifier(task.Classes.Count)) { }

        private Recording(TrainingTask task, List<string> calls, Classifier model)
            : base(task, model)
        {
            (_calls, _model) = (calls, model);
            _targets = nn.functional.one_hot(task.Labels!, task.Classes.Count).to(ScalarType.Float32).DetachFromDisposeScope();
            calls.Add("the method's constructor");
        }

        public Backbone Backbone => Called("IHasBackbone.Backbone", _model.Backbone);

        public Tensor SoftTargets => Called("ISoftTargets.SoftTargets", _targets);

        public IReadOnlyDictionary<string, Tensor> State =>
            Called("IMethodState.State", new Dictionary<string, Tensor> { ["targets"] = _targets });

        public IReadOnlyList<string> Warnings => Called("IMethodWarnings.Warnings", Array.Empty<string>());

        public IReadOnlyDictionary<string, double> Derived => Called("IDerivedOptions.Derived", new Dictionary<string, double>());

        public Tensor SampleWeights() => Called("ISoftTargets.SampleWeights", ones(_targets.shape[0]));

        public IReadOnlyList<IAugmentation> Views(IAugmentation configured) => Called("IMultiView.Views", new[] { configured });

        public void EpochStarted(int epoch) => _calls.Add("IEpochStarted.EpochStarted");

        public void Survey(int epoch, IEnumerable<Batch> samples) => _calls.Add("ISurvey.Survey");

        public override Tensor Loss(Batch batch) =>
            Called("Method.Loss", nn.functional.cross_entropy(_model.call(batch.Images), batch.Labels));

        public void StepEnded(long step) => _calls.Add("IStepEnded.StepEnded");

        public Tensor Logits(Tensor images) => Called("IClassifier.Logits", _model.call(images));

        public IReadOnlyDictionary<string, double> Metrics() => Called("IMethodMetrics.Metrics", new Dictionary<string, double>());

        public IReadOnlyList<ParameterGroup> Groups =>
            Called("IParameterGroups.Groups", new ParameterGroup[] { new("all", Network.parameters()) });

        public void GradientsReady(long step) => _calls.Add("IGradientsReady.GradientsReady");

        public Tensor Order(int epoch, Generator random) =>
            Called("ISampler.Order", randperm(Task.Samples, ScalarType.Int64, generator: random));

        public IReadOnlyList<NamedStream> Streams =>
            Called(
                "IBatchStreams.Streams",
                new NamedStream[]
                {
                    new()
                    {
                        Name = "other",
                        BatchSize = 4,
                        Positions = e => Called("NamedStream.Positions", arange(e.Samples, ScalarType.Int64)),
                    },
                }
            );

        public EpochDecision Decide(int epoch, IReadOnlyDictionary<string, double> validation) =>
            Called("IEpochSelection.Decide", EpochDecision.Continue);

        public void Numbers(IStateNumbers numbers) => _calls.Add("IMethodNumbers.Numbers");

        public void WriteFiles(IRunFiles files) => _calls.Add("IMethodFiles.WriteFiles");

        public Tensor Selected => Called("ISampleSelection.Selected", ones(Task.Samples, ScalarType.Bool));

        protected T Called<T>(string what, T value)
        {
            _calls.Add(what);
            return value;
        }
    }

    private sealed class RecordingOwn(TrainingTask task, List<string> calls) : Recording(task, calls), IOwnStep
    {
        public Tensor Step(Batch batch, IStepper stepper)
        {
            Called("IOwnStep.Step", true);
            var loss = nn.functional.cross_entropy(((Classifier)Network).call(batch.Images), batch.Labels);
            stepper.ClearGradients();
            stepper.Backward(loss);
            stepper.Step();
            return loss;
        }
    }
}
