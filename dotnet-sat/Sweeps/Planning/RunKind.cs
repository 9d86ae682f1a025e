using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using Sat.Records.Json;
using Sat.Records.Specs;

namespace Sat.Sweeps.Planning;

/// <summary>Runs that train equally fast on one machine.</summary>
/// <param name="Data">The first 12 digits of the SHA-256 of the dataset's specification, files and image size among it.</param>
/// <param name="Model">The model.</param>
/// <param name="BatchSize">Samples a step.</param>
/// <param name="Method">The method's id.</param>
public readonly record struct RunKind(string Data, ComponentSpec Model, int BatchSize, string Method)
{
    private const int Digits = 12;

    private static readonly ConditionalWeakTable<ComponentSpec, string> Known = [];

    /// <summary>The kind of a run.</summary>
    public static RunKind From(RunSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        return new(DataOf(spec.Dataset), spec.Model, spec.Training.BatchSize, spec.Method.Id);
    }

    /// <summary>What stands for a dataset; computed once for each object, which the runs of a study share.</summary>
    public static string DataOf(ComponentSpec dataset) =>
        Known.GetValue(dataset, static d =>
            Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(CanonicalJson.Write(SatJson.ToNode(d)))))[..Digits]
        );
}
