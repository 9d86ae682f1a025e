using System.Collections;
using System.Globalization;

namespace Sat.Sdk;

/// <summary>Names of samples that lie one after the other in files: <c>data_batch_3.bin#17</c> is the eighteenth of that file. A name is
/// made when it is asked for.</summary>
/// <param name="parts">The files in their order, and how many samples each holds.</param>
public sealed class FilePositions(IReadOnlyList<(string File, int Count)> parts) : IReadOnlyList<string>
{
    /// <inheritdoc/>
    public int Count { get; } = parts.Sum(p => p.Count);

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">There is no such sample.</exception>
    public string this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(index);
            var within = index;
            foreach (var (file, count) in parts)
            {
                if (within < count)
                    return string.Create(CultureInfo.InvariantCulture, $"{file}#{within}");
                within -= count;
            }
            throw new ArgumentOutOfRangeException(nameof(index), index, $"there are {Count} samples");
        }
    }

    /// <inheritdoc/>
    public IEnumerator<string> GetEnumerator() => Enumerable.Range(0, Count).Select(i => this[i]).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
