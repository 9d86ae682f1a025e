using System.Text;

namespace Sat.Datasets.Files.ImageNet;

/// <summary>The block before a file in a tar archive (POSIX.1-1988, "ustar"): enough of it to tell that the file lies there.</summary>
static class TarHeader
{
    public const int Bytes = 512;

    private const int NameBytes = 100;
    private const int SumAt = 148;

    /// <summary>True if a block is the header of a file.</summary>
    /// <param name="block">The block before it.</param>
    /// <param name="file">The file's name, without folders.</param>
    /// <param name="length">Its bytes.</param>
    public static bool IsOf(ReadOnlySpan<byte> block, string file, long length) =>
        Octal(block.Slice(SumAt, 8)) == Sum(block) && Octal(block.Slice(124, 12)) == length && IsNamed(block[..NameBytes], file);

    /// <summary>The sum of all bytes, where those of the sum itself count as blanks.</summary>
    private static long Sum(ReadOnlySpan<byte> block)
    {
        var sum = 8L * ' ';
        for (var i = 0; i < Bytes; i++)
            sum += i is >= SumAt and < SumAt + 8 ? 0 : block[i];
        return sum;
    }

    private static bool IsNamed(ReadOnlySpan<byte> field, string file)
    {
        var end = field.IndexOf((byte)0);
        // A name that fills the field may be longer, and one of other letters is in a header of its own.
        if (end < 0 || !Ascii.IsValid(file))
            return true;
        var path = Encoding.ASCII.GetString(field[..end]);
        return path.AsSpan(path.LastIndexOf('/') + 1).SequenceEqual(file);
    }

    private static long? Octal(ReadOnlySpan<byte> field)
    {
        var text = Encoding.ASCII.GetString(field).Trim('\0', ' ');
        var number = 0L;
        foreach (var digit in text)
        {
            if (digit is < '0' or > '7')
                return null;
            number = 8 * number + (digit - '0');
        }
        return text.Length == 0 ? null : number;
    }
}
