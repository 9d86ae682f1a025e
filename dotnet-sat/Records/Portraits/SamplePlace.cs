namespace Sat.Records.Portraits;

/// <summary>Where an image stands in a dataset.</summary>
/// <param name="Split">The name of its part, such as <c>training</c>.</param>
/// <param name="Index">Its position there, from 0.</param>
/// <param name="File">The file that it comes from; null: none.</param>
/// <param name="Label">The name of its class; null: it has no label.</param>
public sealed record SamplePlace(string Split, long Index, string? File, string? Label)
{
    /// <summary>As in <c>training 17 (cat, train/cat/3.png)</c>.</summary>
    public override string ToString()
    {
        var more = string.Join(", ", new[] { Label, File }.OfType<string>());
        return FormattableString.Invariant($"{Split} {Index}") + (more.Length > 0 ? $" ({more})" : "");
    }
}
