using System.Text.Json.Serialization;
using Sat.Records.Specs;

namespace Sat.Records.Plans;

/// <summary>A run of a plan.</summary>
/// <param name="Id">Its id, 64 hexadecimal digits.</param>
/// <param name="Request">What a worker needs.</param>
public sealed record PlannedRun([property: JsonRequired] string Id, [property: JsonRequired] RunRequest Request)
{
    /// <summary>What planning found of its files. Plans that are written have no <see cref="KnownFiles.None"/>.</summary>
    [JsonIgnore]
    public KnownFiles Files { get; init; }

    /// <summary>False where <see cref="Id"/> only tells it from the others of its plan: its files decide which run it is, and they are not
    /// known.</summary>
    [JsonIgnore]
    public bool IsIdentified => Files != KnownFiles.None;
}
