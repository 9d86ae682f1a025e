using System.Buffers.Binary;
using System.Text;
using Sat.Records.Arrays;

namespace Sat.Records.Tests;

/// <summary>Against the format's description: 8 bytes of length, a header in JSON, and the tensors' bytes one after the other.</summary>
[TestClass]
public sealed class SafeTensorsTests
{
    private const string Header =
        """{"__metadata__":{"run":"a\"b"},"backbone.weight":{"dtype":"F32","shape":[2,1],"data_offsets":[0,8]},"n":{"dtype":"I64","shape":[],"data_offsets":[8,16]},"none":{"dtype":"U8","shape":[0,3],"data_offsets":[16,16]}}""";

    private static readonly byte[] Elements = [0, 0, 0x80, 0x3f, 0, 0, 0x20, 0xc0, 0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff];

    [TestMethod]
    public void A_file_is_byte_by_byte_what_the_format_says()
    {
        using var stream = new MemoryStream();
        SafeTensors.Write(
            stream,
            [
                new SafeTensor("backbone.weight", "F32", [2, 1], s => s.Write(Elements.AsSpan(0, 8))),
                new SafeTensor("n", "I64", [], s => s.Write(Elements.AsSpan(8))),
                new SafeTensor("none", "U8", [0, 3], _ => { }),
            ],
            new Dictionary<string, string> { ["run"] = "a\"b" }
        );

        CollectionAssert.AreEqual(File(Header.PadRight((Header.Length + 7) / 8 * 8)), stream.ToArray());
    }

    [TestMethod]
    public void What_another_implementation_writes_is_read()
    {
        // Unaligned, in another order than the bytes, with spaces and without metadata, all of which the format allows.
        var file = File(
            """{ "n": {"data_offsets":[8,16], "shape":[], "dtype":"I64"}, "w": {"dtype":"F32","shape":[2,1],"data_offsets":[0,8]} }"""
        );
        var (tensors, metadata) = SafeTensors.ReadHeader(new MemoryStream(file));

        Assert.IsEmpty(metadata);
        Assert.HasCount(2, tensors);
        Assert.AreEqual("F32", tensors["w"].Type);
        CollectionAssert.AreEqual(new long[] { 2, 1 }, tensors["w"].Shape.ToArray());
        Assert.AreEqual(1f, BinaryPrimitives.ReadSingleLittleEndian(file.AsSpan((int)tensors["w"].Offset)));
        Assert.AreEqual(-2.5f, BinaryPrimitives.ReadSingleLittleEndian(file.AsSpan((int)tensors["w"].Offset + 4)));
        Assert.AreEqual(-2, BinaryPrimitives.ReadInt64LittleEndian(file.AsSpan((int)tensors["n"].Offset)));
        Assert.AreEqual(8, tensors["n"].Bytes);
    }

    [TestMethod]
    [DataRow("""{"w":{"dtype":"F32","shape":[2,1],"data_offsets":[0,8]}}""", "after its last tensor")]
    [DataRow(
        """{"w":{"dtype":"F32","shape":[2,2],"data_offsets":[0,16]},"v":{"dtype":"U8","shape":[4],"data_offsets":[12,16]}}""",
        "overlap"
    )]
    [DataRow("""{"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"v":{"dtype":"U8","shape":[4],"data_offsets":[12,16]}}""", "gaps")]
    [DataRow("""{"w":{"dtype":"F32","shape":[8],"data_offsets":[0,32]}}""", "cut off")]
    [DataRow("""{"w":{"dtype":"F32","shape":[3],"data_offsets":[0,16]}}""", "its place does not fit its shape")]
    [DataRow("""{"w":{"dtype":"F32","shape":[-1,-4],"data_offsets":[0,16]}}""", "its place does not fit its shape")]
    [DataRow("""{"w":{"dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[0,16]}}""", "its header is damaged")]
    [DataRow("""{"w":{"dtype":null,"shape":[2],"data_offsets":[0,16]}}""", "the tensor w has no type")]
    [DataRow("""{"w":null}""", "its header is damaged")]
    [DataRow("""{"w":{"dtype":"C64","shape":[2],"data_offsets":[0,16]}}""", "has the type C64")]
    [DataRow("""{"w":{"dtype":"F32","shape":[4]}}""", "its header is damaged")]
    [DataRow("""{"w":""", "its header is damaged")]
    [DataRow("x", "not a safetensors file")]
    public void A_damaged_file_is_refused(string header, string why) =>
        Assert.Contains(
            why,
            Assert.ThrowsExactly<InvalidDataException>(() => SafeTensors.ReadHeader(new MemoryStream(File(header)))).Message
        );

    [TestMethod]
    [DataRow("<!DOCTYPE html><html>not found</html>", "it is an HTML page")]
    [DataRow("version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n", "it is a Git LFS pointer")]
    [DataRow("PK\u0003\u0004archive/data.pkl", "torch.save")]
    [DataRow("", "it is empty")]
    public void What_lies_in_its_place_is_called_that(string content, string name) =>
        Assert.Contains(
            name,
            Assert
                .ThrowsExactly<InvalidDataException>(() => SafeTensors.ReadHeader(new MemoryStream(Encoding.UTF8.GetBytes(content))))
                .Message
        );

    [TestMethod]
    public void A_file_that_is_cut_anywhere_is_refused()
    {
        var whole = File(Header);
        for (var length = 0; length < whole.Length; length++)
        {
            var cut = new MemoryStream(whole[..length]);
            Assert.ThrowsExactly<InvalidDataException>(() => SafeTensors.ReadHeader(cut), $"{length} bytes");
        }
    }

    [TestMethod]
    public void A_tensor_that_writes_too_much_is_an_error_of_the_program() =>
        Assert.ThrowsExactly<InvalidOperationException>(() =>
            SafeTensors.Write(new MemoryStream(), [new SafeTensor("w", "F32", [1], s => s.Write(Elements))])
        );

    private static byte[] File(string header)
    {
        var text = Encoding.UTF8.GetBytes(header);
        var length = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, text.Length);
        return [.. length, .. text, .. Elements];
    }
}
