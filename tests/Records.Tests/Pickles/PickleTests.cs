using System.Text;
using CsCheck;
using Sat.Records.Pickles;

namespace Sat.Records.Tests.Pickles;

[TestClass]
public sealed class PickleTests
{
    public static IEnumerable<string> Files => PickleFixtures.Names;

    [TestMethod]
    [DynamicData(nameof(Files))]
    public void What_Python_wrote_is_read_as_Python_reads_it(string name)
    {
        var (content, describes) = PickleFixtures.All[name];

        Assert.AreEqual(describes, PickledDescription.Of(PickledFile.Read(content)));
    }

    /// <summary>Each way in which a pickle can name what it wants called.</summary>
    [TestMethod]
    [DataRow("cos\nsystem\n(Vecho\ntR.", "'os.system'")]
    [DataRow("\u0080\u0004\u008c\u0005posix\u008c\u0006system\u0093\u008c\u0004echo\u0085R.", "'posix.system'")]
    [DataRow("(Vecho\nios\nsystem\n.", "'os.system'")]
    [DataRow("c__builtin__\neval\n.", "'__builtin__.eval'")]
    [DataRow("ctorch._utils\n_rebuild_parameter\n.", "'torch._utils._rebuild_parameter'")]
    [DataRow("cnumpy\nload\n.", "'numpy.load'")]
    [DataRow("cnumpy.core.multiarray\n_reconstruct.__globals__\n.", "'numpy.core.multiarray._reconstruct.__globals__'")]
    [DataRow("ca\u001b[31m\nb\n.", "'a\\u001b[31m.b'")]
    [DataRow("cnumpy\nndarray\n)\u0081.", "a class to make objects of")]
    [DataRow("cnumpy\nndarray\n)}\u0092.", "a class to make objects of")]
    [DataRow("(cnumpy\nndarray\no.", "a class to make objects of")]
    [DataRow("\u0082\u0001.", "a class by a number")]
    [DataRow("Vkey\nQ.", "something outside of it")]
    [DataRow("Pkey\n.", "something outside of it")]
    public void Whatever_could_run_code_is_named_and_not_read(string pickle, string named)
    {
        var error = Refuses(Encoding.Latin1.GetBytes(pickle));

        Assert.StartsWith($"it is a Python pickle that names {named}, and was not read, because such a file could run code", error);
    }

    [TestMethod]
    [DataRow("cnumpy.core.multiarray\n_reconstruct\n(VNone\ntR.")]
    [DataRow("c_codecs\nencode\n(Vtext\nVrot13\ntR.")]
    [DataRow("c__builtin__\nbytes\n(Vtext\ntR.")]
    [DataRow("cnumpy\nndarray\n(tR.")]
    [DataRow("}(Va\nI1\nub.")]
    [DataRow("](I1\ne}b.")]
    [DataRow("I1\n(tR.")]
    public void Known_names_are_called_with_what_NumPy_and_PyTorch_write_alone(string pickle) =>
        Assert.AreEqual("it is a damaged Python pickle", Refuses(Encoding.Latin1.GetBytes(pickle)));

    [TestMethod]
    [DataRow("\u0080\u0006.", "protocol 6")]
    [DataRow("B\u00ff\u00ff\u00ff\u00ff.", "cut off")]
    [DataRow("\u008e\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff.", "cut off")]
    [DataRow("\u008b\u00ff\u00ff\u00ff\u007f.", "cut off")]
    [DataRow("\u0095\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u007fN.", "cut off")]
    [DataRow("\u008f.", "set")]
    [DataRow("h\u0001.", "damaged")]
    [DataRow("(1(0.", "damaged")]
    [DataRow("", "cut off")]
    public void What_is_no_data_is_told(string pickle, string told) => Assert.Contains(told, Refuses(Encoding.Latin1.GetBytes(pickle)));

    [TestMethod]
    public void An_array_has_as_many_bytes_as_its_shape_says()
    {
        var (content, _) = PickleFixtures.All["Python 2"];
        var changed = (byte[])content.Clone();
        var at = content.AsSpan().IndexOf("M\u0003\u0000M"u8);
        changed[at + 1] = 200;

        Assert.Contains("needs 40000 bytes for its shape, but has 600", Refuses(changed));
    }

    /// <summary>A short file whose parts are repeated from memory: Python would take gigabytes for it.</summary>
    [TestMethod]
    public void Repetition_takes_no_memory()
    {
        var text = new string('x', 1 << 16);
        var encoded =
            $"c_codecs\nencode\nq\u0001V{text}\nq\u0002V{"latin1"}\nq\u00030]" + Repeat("h\u0001h\u0002h\u0003\u0086Ra", 10_000) + ".";
        Assert.Contains("more memory than it has bytes", Bounded(encoded, refused: true));

        var nested = "(I1\nI1\nl2" + Repeat("q\u0001(h\u0001h\u0001h\u0001h\u0001h\u0001h\u0001h\u0001h\u0001l", 10_000) + ".";
        Bounded(nested, refused: false);

        Assert.Contains("nested too deep", Bounded(new string('(', 1_000_000), refused: true));
        Bounded("](" + Repeat("\u0085", 1_000_000) + ".", refused: true);
    }

    /// <summary>Whatever is damaged, it is read or refused in a sentence, and takes memory in proportion.</summary>
    [TestMethod]
    public void Damaged_files_are_read_or_refused()
    {
        var files = PickleFixtures.All.Values.Select(f => f.Content).ToArray();
        var damage =
            from file in Gen.Int[0, files.Length - 1]
            from at in Gen.Int[0, files[file].Length - 1].Array[1, 4]
            from how in Gen.Int[0, 3].Array[4]
            from value in Gen.Byte.Array[4]
            select at.Aggregate(files[file], (bytes, i) => Damage(bytes, i, how[i % 4], value[i % 4]));
        damage.Sample(
            bytes =>
            {
                var before = GC.GetAllocatedBytesForCurrentThread();
                try
                {
                    ReadAll(PickledFile.Read(bytes));
                }
                catch (InvalidDataException e)
                {
                    Assert.IsGreaterThan(0, e.Message.Length);
                }
                return GC.GetAllocatedBytesForCurrentThread() - before < 4_000_000;
            },
            iter: 20_000,
            threads: 1
        );
    }

    /// <summary>As label files are read: not deeper, since a list may hold itself.</summary>
    private static void ReadAll(object? value)
    {
        var values = value is PickledDictionary dictionary
            ? dictionary.Names.Select(name => dictionary.TryGet(name, out var entry) ? entry : throw new InvalidOperationException(name))
            : [value];
        foreach (var vector in values.Where(PickledVector.Is))
        {
            try
            {
                PickledVector.Read(vector, (_, position) => position);
            }
            catch (InvalidDataException)
            {
                // Most hold more than numbers and texts.
            }
        }
    }

    private static byte[] Damage(byte[] bytes, int at, int how, byte value) =>
        at >= bytes.Length
            ? bytes
            : how switch
            {
                0 => bytes[..at],
                1 => [.. bytes[..at], .. bytes[(at + 1)..]],
                2 => [.. bytes[..at], value, .. bytes[at..]],
                _ => [.. bytes[..at], value, .. bytes[(at + 1)..]],
            };

    private static string Repeat(string part, int times) => new StringBuilder(part.Length * times).Insert(0, part, times).ToString();

    private static string Bounded(string pickle, bool refused)
    {
        var bytes = Encoding.Latin1.GetBytes(pickle);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var told = "";
        if (refused)
            told = Refuses(bytes);
        else
            _ = PickledFile.Read(bytes);
        Assert.IsLessThan(200L * bytes.Length, GC.GetAllocatedBytesForCurrentThread() - before);
        return told;
    }

    private static string Refuses(byte[] content) => Assert.ThrowsExactly<InvalidDataException>(() => PickledFile.Read(content)).Message;
}
