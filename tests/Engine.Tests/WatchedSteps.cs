using Microsoft.Extensions.Time.Testing;
using Sat.Records.Specs;
using Sat.Sdk;
using Sat.Sdk.Testing;
using static TorchSharp.torch;

namespace Sat.Engine.Tests;

/// <summary>A run whose steps are watched: the operators from where a step begins to where the next one does, making its batch, the
/// optimizer's step and the loop itself among them.</summary>
static class WatchedSteps
{
    /// <summary>Steps in which momenta, caches and the like are made.</summary>
    private const int WarmUp = 2;

    /// <summary>Operators of every step but the first ones and the last of each epoch, with which the epoch ends too.</summary>
    /// <param name="spec">The run.</param>
    /// <param name="method">In place of the run's; null: the run's.</param>
    /// <param name="dataset">In place of the run's; null: the run's.</param>
    public static IReadOnlyList<IReadOnlyList<Operator>> Run(
        RunSpec spec,
        Func<TrainingTask, Method>? method = null,
        Func<IDataset>? dataset = null
    )
    {
        using var operators = new Operators();
        var marks = new Marks(operators);
        using var run = Ran.Done(
            spec,
            new Components
            {
                Schedule = () => marks,
                Method = method,
                Dataset = dataset,
                Augmentation = component => new Applied(TestedPlugins.Host.CreateAugmentation(component)),
            },
            new FakeTimeProvider { AutoAdvanceAmount = TimeSpan.FromMilliseconds(1) }
        );
        Assert.IsNotEmpty(marks.Steps);
        Assert.IsTrue(marks.Steps.All(s => s.Count > 0), "every step computes something");
        return marks.Steps;
    }

    /// <summary>The schedule is asked when a step begins, and once more when an epoch is evaluated.</summary>
    private sealed class Marks(Operators operators) : ISchedule
    {
        private bool _watching;

        public List<IReadOnlyList<Operator>> Steps { get; } = [];

        public double Factor(TrainingTime time)
        {
            var seen = operators.Take();
            if (_watching)
                Steps.Add(seen);
            _watching = time.Step >= WarmUp && (time.Step + 1) % time.StepsPerEpoch != 0;
            return 1;
        }
    }

    /// <summary>An augmentation as cards have it: made by operators, never by the engine, which on the CPU cuts windows itself.</summary>
    private sealed class Applied(IAugmentation inner) : IViewAugmentation
    {
        public Tensor Apply(Tensor images, Generator random) => inner.Apply(images, random);

        public IAugmentation View(int view) => inner is IViewAugmentation views ? new Applied(views.View(view)) : this;
    }
}
