using Sat.Sdk;
using static TorchSharp.torch;

namespace Sat.Methods.Peers.Tests;

/// <summary>Trains a method that surveys its samples, chooses them, and makes its steps itself, as the engine does, on points without
/// augmentation.</summary>
/// <param name="method">The method.</param>
/// <param name="points">All samples.</param>
/// <param name="labels">int64 [samples].</param>
/// <param name="random">Draws what the method does not.</param>
sealed class OwnSteps(Method method, Tensor points, Tensor labels, Generator random)
{
    public void Train(int epochs, double rate)
    {
        var (step, task) = ((IOwnStep)method, method.Task);
        var stepper = new RecordingStepper(
            ((IParameterGroups)method).Groups.ToDictionary(g => g.Name, g => (optim.Optimizer)optim.Adam(g.Parameters, rate))
        );
        for (var epoch = 0; epoch < epochs; epoch++)
        {
            using var scope = NewDisposeScope();
            var all = arange(task.Samples, ScalarType.Int64);
            using (no_grad())
            {
                method.Network.eval();
                ((ISurvey)method).Survey(epoch, [Of(all, epoch, 0)]);
                method.Network.train();
            }
            var order = ((ISampler)method).Order(epoch, random);
            var streams = ((IBatchStreams)method).Streams.ToDictionary(
                s => s.Name,
                s => s.Positions!(new StreamEpoch(epoch, task.Samples, random)).repeat(task.StepsPerEpoch * s.BatchSize)
            );
            for (var i = 0; i < task.StepsPerEpoch; i++)
            {
                using var stepScope = NewDisposeScope();
                var at = (epoch * task.StepsPerEpoch) + i;
                Tensor Part(Tensor positions) => positions.narrow(0, (long)i * task.BatchSize, task.BatchSize);
                step.Step(
                    Of(Part(order), epoch, at) with
                    {
                        Streams = streams.ToDictionary(s => s.Key, s => Of(Part(s.Value), epoch, at)),
                    },
                    stepper
                );
            }
        }
    }

    /// <summary>Two views of each sample, both as it is.</summary>
    Batch Of(Tensor indices, int epoch, long step)
    {
        var views = points.index_select(0, indices);
        return Tasks.Batch([views, views], indices, labels, epoch, step);
    }
}
