using System.Reflection;
using System.Text.Json.Nodes;
using Sat.Records.Specs;
using Sat.Sdk;
using static TorchSharp.torch;

namespace Sat.Methods.Adversarial.Tests;

/// <summary>Methods of the plugin as the host loads them.</summary>
static class AdversarialMethods
{
    public static Method Create(string id, TrainingTask task, JsonObject? options = null) =>
        TestedPlugins.Host.CreateMethod(new ComponentSpec { Id = id, Options = options ?? [] }, task);

    /// <summary>Puts given numbers in the place of those that a method draws for the starts of its attacks.</summary>
    public static void GiveStarts(Method method, Func<Tensor, Tensor> starts)
    {
        for (var type = method.GetType(); ; type = type.BaseType!)
        {
            var own = type.GetProperty("Start", BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.DeclaredOnly);
            if (own is null)
                continue;
            own.SetValue(method, starts);
            return;
        }
    }
}

/// <summary>A backbone that notes what it is called with, and in which mode.</summary>
sealed class Recording : Backbone
{
    readonly Backbone _inner;

    public Recording(Backbone inner)
        : base(nameof(Recording))
    {
        _inner = inner;
        register_module("inner", inner);
    }

    public override long FeatureDimension => _inner.FeatureDimension;

    /// <summary>Images and whether the network was in training mode, of each call.</summary>
    public List<(float[] Images, bool Training)> Calls { get; } = [];

    /// <summary>The call, counted from 0, that fails.</summary>
    public int? FailsAt { get; init; }

    public override nn.Module<Tensor, Tensor> CreateHead(long outputs) => _inner.CreateHead(outputs);

    public override Tensor forward(Tensor input)
    {
        if (Calls.Count == FailsAt)
            throw new InvalidOperationException("the device went away");
        Calls.Add((input.detach().contiguous().data<float>().ToArray(), _inner.training));
        return _inner.call(input);
    }
}
