using System.Text;

namespace Sat.Datasets.ImageNet;

/// <summary>The synsets of <c>meta.mat</c>, an array of structures in a MATLAB 5 file.</summary>
static class SynsetTable
{
    private const int Header = 128;

    /// <exception cref="InvalidDataException">It is another file, or damaged.</exception>
    public static IReadOnlyList<Synset> Read(byte[] file)
    {
        if (file.Length < Header || file[126] != 'I' || file[127] != 'M')
            throw new InvalidDataException("its meta.mat is no MATLAB 5 file");
        foreach (var matrix in MatElement.In(file.AsMemory(Header)).Where(e => e.Type == MatElement.Matrix))
        {
            // Flags, dimensions, name, length of a field's name, names of fields; then the fields of each structure.
            MatElement[] parts = [.. MatElement.In(matrix.Data)];
            if (parts.Length < 6 || parts[2].Text != "synsets")
                continue;
            string[] fields =
            [
                .. parts[4].Data.ToArray().Chunk((int)parts[3].Number).Select(n => Encoding.ASCII.GetString(n).TrimEnd('\0')),
            ];
            return [.. parts[5..].Chunk(fields.Length).Select(s => Of(fields, s))];
        }
        throw new InvalidDataException("its meta.mat has no 'synsets'");
    }

    private static Synset Of(string[] fields, MatElement[] values)
    {
        return new Synset((int)Value("ILSVRC2012_ID").Number, Value("WNID").Text, Value("num_children").Number == 0);

        // Flags, dimensions, name and values.
        MatElement Value(string field)
        {
            var at = Array.IndexOf(fields, field);
            return at >= 0 && at < values.Length && MatElement.In(values[at].Data).Skip(3).Take(1).ToArray() is [var value]
                ? value
                : throw new InvalidDataException($"the synsets of its meta.mat have no '{field}'");
        }
    }
}
