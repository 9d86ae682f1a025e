using Sat.Records.Options;
using Sat.Sdk;
using YamlDotNet.Serialization;

namespace NeedsPackage;

/// <summary>A plugin with a library of its own, needed as soon as it registers.</summary>
public sealed class WrittenSchedulePlugin : IPlugin
{
    private static readonly IDeserializer Yaml = new DeserializerBuilder().Build();

    public void Register(IPluginRegistry registry)
    {
        var words = Yaml.Deserialize<Dictionary<string, string>>("summary: Factors as they are written");
        registry.AddSchedule<WrittenOptions>("written", words["summary"], options => new Written(
            Yaml.Deserialize<double[]>(options.Factors)
        ));
    }
}

public sealed record WrittenOptions
{
    [Option("Factor of each epoch, a YAML list; the last goes on")]
    public string Factors { get; init; } = "[1]";
}

internal sealed class Written(double[] factors) : ISchedule
{
    public double Factor(TrainingTime time) => factors[Math.Min(time.Epoch, factors.Length - 1)];
}
