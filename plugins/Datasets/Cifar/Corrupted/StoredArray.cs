using Sat.Records.Arrays;

namespace Sat.Datasets.Cifar.Corrupted;

/// <summary>An array on disk, whose rows are read when they are asked for.</summary>
/// <param name="Name">Its file.</param>
/// <param name="Content">What holds it; it can be gone back in.</param>
/// <param name="Start">Where its elements begin there.</param>
/// <param name="Header">What they are.</param>
sealed record StoredArray(string Name, Stream Content, long Start, NpyHeader Header)
{
    /// <summary>Reads a row, whose length is that of <paramref name="row"/>.</summary>
    /// <param name="index">Its position.</param>
    /// <param name="row">Receives it.</param>
    public void Read(long index, Span<byte> row)
    {
        Content.Position = Start + (index * row.Length);
        Content.ReadExactly(row);
    }
}
