using System.Globalization;

namespace Sat.Records.Runs;

/// <summary>How often checkpoints are written: after so many steps, or after so much time.</summary>
/// <param name="Steps">Steps between two; null: by time.</param>
/// <param name="Time">Time between two; null: by steps.</param>
public sealed record CheckpointInterval(long? Steps, TimeSpan? Time)
{
    /// <summary>Every ten minutes.</summary>
    public static CheckpointInterval Default { get; } = new(null, TimeSpan.FromMinutes(10));

    /// <summary>Reads <c>500</c> (steps), <c>30s</c>, <c>10m</c> or <c>2h</c>; null if it is none of these, or not above 0.</summary>
    public static CheckpointInterval? Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        static bool Number(ReadOnlySpan<char> digits, out long value) =>
            long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out value) && value is > 0 and <= 1_000_000_000_000;
        if (Number(text, out var steps))
            return new CheckpointInterval(steps, null);
        return text.Length > 1 && Number(text.AsSpan(0, text.Length - 1), out var count) && count <= 1_000_000
            ? text[^1] switch
            {
                's' => new CheckpointInterval(null, TimeSpan.FromSeconds(count)),
                'm' => new CheckpointInterval(null, TimeSpan.FromMinutes(count)),
                'h' => new CheckpointInterval(null, TimeSpan.FromHours(count)),
                _ => null,
            }
            : null;
    }

    /// <summary>As <see cref="Parse"/> reads it.</summary>
    public override string ToString() =>
        Steps is { } steps
            ? steps.ToString(CultureInfo.InvariantCulture)
            : string.Create(CultureInfo.InvariantCulture, $"{Time!.Value.TotalSeconds:0}s");

    /// <summary>True if one is due.</summary>
    /// <param name="stepsSince">Steps since the last.</param>
    /// <param name="timeSince">Time since the last.</param>
    public bool IsDue(long stepsSince, TimeSpan timeSince) => Steps is { } steps ? stepsSince >= steps : timeSince >= Time;
}
