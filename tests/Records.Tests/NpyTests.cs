using System.Buffers.Binary;
using System.Diagnostics;
using System.Text;
using CsCheck;
using Sat.Records.Arrays;

namespace Sat.Records.Tests;

[TestClass]
public class NpyTests
{
    [TestMethod]
    public void Every_type_that_is_written_reads_back()
    {
        RoundTrip("<i8", [long.MinValue, -1, 0, long.MaxValue]);
        RoundTrip("<i4", [int.MinValue, -1, 0, int.MaxValue]);
        RoundTrip("<f4", [float.NegativeInfinity, -0f, 0.1f, float.NaN]);
        RoundTrip("<f8", [double.Epsilon, -1, 0.1, double.MaxValue]);
        RoundTrip("|u1", new byte[] { 0, 1, 128, 255 });
    }

    [TestMethod]
    public void Every_shape_reads_back() =>
        Gen.Long[0, 4]
            .Array[0, 6]
            .Sample(
                shape =>
                {
                    var values = Enumerable.Range(0, (int)shape.Aggregate(1L, (a, b) => a * b)).ToArray();
                    var array = Read(Written<int>(values, shape));
                    CollectionAssert.AreEqual(shape, array.Shape.ToArray());
                    Assert.AreEqual(values.Length, array.Count);
                    CollectionAssert.AreEqual(values.Select(v => (long)v).ToArray(), array.ToInt64());
                },
                iter: 300
            );

    /// <summary>What numpy.save writes for numpy.array([1, -2, 3], '&lt;i8'), byte for byte.</summary>
    [TestMethod]
    public void The_bytes_are_those_that_NumPy_writes()
    {
        byte[] expected =
        [
            0x93,
            .. "NUMPY"u8,
            1,
            0,
            0x76,
            0x00,
            .. "{'descr': '<i8', 'fortran_order': False, 'shape': (3,), }"u8,
            .. Encoding.ASCII.GetBytes(new string(' ', 60)),
            (byte)'\n',
            1,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0xfe,
            0xff,
            0xff,
            0xff,
            0xff,
            0xff,
            0xff,
            0xff,
            3,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
        ];
        CollectionAssert.AreEqual(expected, Written<long>([1, -2, 3], 3));
        Assert.StartsWith("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 2), }  ", Header(Written<float>([1, 2, 3, 4], 2, 2)));
        Assert.StartsWith("{'descr': '|u1', 'fortran_order': False, 'shape': (), }  ", Header(Written<byte>([7])));
        Assert.AreEqual(128, Written<float>([], 0, 10).Length);
        // 103 letters and room for the first length to grow come to more than one block.
        Assert.AreEqual(192, Written<byte>([], 0, 100000, 100000, 100000, 100000, 100000, 100000).Length);
    }

    [TestMethod]
    public void NumPy_reads_what_is_written_and_writes_the_same_bytes()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder.At("i8.npy"), Written<long>([1, -2, 3], 3));
        File.WriteAllBytes(folder.At("f4.npy"), Written<float>([1, 2, 3, 4.5f], 2, 2));
        File.WriteAllBytes(folder.At("u1.npy"), Written<byte>([7]));
        File.WriteAllBytes(folder.At("i4.npy"), Written<int>([.. Enumerable.Range(0, 120)], 2, 3, 4, 5, 1));
        File.WriteAllBytes(folder.At("f8.npy"), Written<double>([], 0, 10));
        const string Script = """
            import io, sys
            try:
                import numpy as np
            except ImportError:
                sys.exit(77)
            for name, array in dict(i8=np.array([1, -2, 3], '<i8'), f4=np.array([[1, 2], [3, 4.5]], '<f4'), u1=np.array(7, 'u1'),
                                    i4=np.arange(120, dtype='<i4').reshape(2, 3, 4, 5, 1), f8=np.zeros((0, 10))).items():
                ours = open(name + '.npy', 'rb').read()
                read = np.load(io.BytesIO(ours))
                assert read.dtype == array.dtype and read.shape == array.shape and (read == array).all(), name
                theirs = io.BytesIO()
                np.save(theirs, array)
                assert theirs.getvalue() == ours, (name, theirs.getvalue()[:128], ours[:128])
                with open(name + '-2.npy', 'wb') as f:
                    np.lib.format.write_array(f, array, version=(2, 0))
            """;
        var (code, output) = Python(Script, folder.Path);
        if (code is null or 77)
            Assert.Inconclusive("needs python3 with NumPy, which this machine does not have");
        Assert.AreEqual(0, code, output);
        using var second = File.OpenRead(folder.At("i8-2.npy"));
        CollectionAssert.AreEqual(new long[] { 1, -2, 3 }, Npy.Read(second).ToInt64());
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(3)]
    public void Versions_1_to_3_of_the_format_are_read(int version)
    {
        var array = Read(NpyFile((byte)version, "{'descr': '<i4', 'fortran_order': False, 'shape': (2,), }\n", [1, 0, 0, 0, 2, 0, 0, 0]));
        CollectionAssert.AreEqual(new long[] { 1, 2 }, array.ToInt64());
    }

    [TestMethod]
    [DataRow("|b1", "01ff", new long[] { 1, 255 })]
    [DataRow("|i1", "01ff", new long[] { 1, -1 })]
    [DataRow("|u1", "01ff", new long[] { 1, 255 })]
    [DataRow("<u1", "01ff", new long[] { 1, 255 })]
    [DataRow(">u1", "01ff", new long[] { 1, 255 })]
    [DataRow("u1", "01ff", new long[] { 1, 255 })]
    [DataRow("=i2", "0100ffff", new long[] { 1, -1 })]
    [DataRow(">i2", "0001ffff", new long[] { 1, -1 })]
    [DataRow(">u2", "0001ffff", new long[] { 1, 65535 })]
    [DataRow(">i4", "00000001fffffffe", new long[] { 1, -2 })]
    [DataRow(">u4", "00000001fffffffe", new long[] { 1, uint.MaxValue - 1 })]
    [DataRow("i8", "0100000000000000ffffffffffffffff", new long[] { 1, -1 })]
    [DataRow(">i8", "0000000000000001fffffffffffffffe", new long[] { 1, -2 })]
    [DataRow(">u8", "00000000000000017fffffffffffffff", new long[] { 1, long.MaxValue })]
    [DataRow("<i2", "0100ffff", new long[] { 1, -1 })]
    [DataRow("<u2", "0100ffff", new long[] { 1, 65535 })]
    [DataRow("<u4", "01000000ffffffff", new long[] { 1, uint.MaxValue })]
    [DataRow("<u8", "0100000000000000ffffffffffffff7f", new long[] { 1, long.MaxValue })]
    public void Labels_of_every_integer_type_are_read(string type, string bytes, long[] expected)
    {
        var file = NpyFile(1, $"{{'descr': '{type}', 'fortran_order': False, 'shape': (2,), }}\n", Convert.FromHexString(bytes));
        CollectionAssert.AreEqual(expected, Read(file).ToInt64());
        CollectionAssert.AreEqual(expected, Npy.ReadVector(new MemoryStream(file)));
    }

    [TestMethod]
    [DataRow("<f2", "003c00c0", new long[] { 1, -2 })]
    [DataRow(">f4", "3f800000c0000000", new long[] { 1, -2 })]
    [DataRow("<f8", "000000000000f03f000000000000ef40", new long[] { 1, 63488 })]
    public void Labels_are_read_from_floats_that_are_whole(string type, string bytes, long[] expected)
    {
        var file = NpyFile(1, $"{{'descr': '{type}', 'fortran_order': False, 'shape': (2,), }}\n", Convert.FromHexString(bytes));
        CollectionAssert.AreEqual(expected, Npy.ReadVector(new MemoryStream(file)));
    }

    [TestMethod]
    [DataRow("<f4", "0000803f0000003f", "float32, not integers: element 1 is 0.5")]
    [DataRow("<f4", "0000c07f0000003f", "float32, not integers: element 0 is NaN")]
    [DataRow("<f8", "000000000000f07f0000000000000000", "element 0 is Infinity")]
    [DataRow("<f8", "00000000000000000000000000004043", "element 1 is 9007199254740992")]
    public void A_float_that_stands_for_no_integer_is_named(string type, string bytes, string said)
    {
        var file = NpyFile(1, $"{{'descr': '{type}', 'fortran_order': False, 'shape': (2,), }}\n", Convert.FromHexString(bytes));
        var error = Assert.ThrowsExactly<InvalidDataException>(() => Npy.ReadVector(new MemoryStream(file)));
        Assert.Contains(said, error.Message);
    }

    /// <summary>What cnpy, xtensor, Julia's NPZ, Python 2 and people write.</summary>
    [TestMethod]
    [DataRow("{'descr': '<i2', 'fortran_order': False, 'shape': (2, 3), }\n", DisplayName = "NumPy")]
    [DataRow("{\"descr\": \"<i2\", \"fortran_order\": False, \"shape\": (2, 3), }\n", DisplayName = "double quotes")]
    [DataRow("{'descr': '<i2', 'fortran_order': False, 'shape': (2L, 3L), }          \n", DisplayName = "Python 2")]
    [DataRow("{'shape':(2,3),'fortran_order':False,'descr':'<i2'}", DisplayName = "another order, no blanks")]
    [DataRow("  { 'fortran_order' : False ,\n 'shape' : ( 2 , 3 , ) , 'descr' : 'i2' , } \n\0\0", DisplayName = "many blanks")]
    public void Headers_are_read_as_other_programs_write_them(string header)
    {
        var array = Read(NpyFile(1, header, [1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 0xff, 0xff]));
        Assert.AreEqual("<i2", array.Type);
        CollectionAssert.AreEqual(new long[] { 2, 3 }, array.Shape.ToArray());
        CollectionAssert.AreEqual(new long[] { 1, 2, 3, 4, 5, -1 }, array.ToInt64());
    }

    [TestMethod]
    public void Columns_first_come_row_by_row()
    {
        // numpy.asfortranarray(numpy.arange(6).reshape(2, 3)), and of (1, 2, 3) to (2, 3, 1), big-endian.
        CollectionAssert.AreEqual(
            new long[] { 0, 1, 2, 3, 4, 5 },
            Read(NpyFile(1, "{'descr': '|u1', 'fortran_order': True, 'shape': (2, 3), }\n", [0, 3, 1, 4, 2, 5])).ToInt64()
        );
        CollectionAssert.AreEqual(
            new long[] { 0, 1, 2, 3, 4, 5 },
            Read(NpyFile(1, "{'descr': '>i2', 'fortran_order': True, 'shape': (1, 2, 3), }\n", [0, 0, 0, 3, 0, 1, 0, 4, 0, 2, 0, 5]))
                .ToInt64()
        );
        CollectionAssert.AreEqual(
            new long[] { 7, 8 },
            Npy.ReadVector(new MemoryStream(NpyFile(1, "{'descr': '|u1', 'fortran_order': True, 'shape': (2, 1), }\n", [7, 8])))
        );
    }

    [TestMethod]
    public void Elements_beyond_2_GB_come_piece_by_piece()
    {
        var header = Npy.ReadHeader(
            new MemoryStream(NpyFile(1, "{'descr': '>u2', 'fortran_order': False, 'shape': (1500000, 1000, 1), }\n", []))
        );
        Assert.AreEqual(3_000_000_000, header.ByteCount);
        var (next, sum) = (0L, 0L);
        Npy.ReadElements(new Ones(header.ByteCount), header, (first, elements) =>
        {
            Assert.AreEqual(next, first);
            next += elements.Length / 2;
            sum += elements[0] + elements[^1];
        });
        Assert.AreEqual(1_500_000_000, next);
        Assert.IsGreaterThan(0, sum);
        var cut = Assert.ThrowsExactly<InvalidDataException>(() =>
            Npy.ReadElements(new Ones(header.ByteCount % (1 << 20) + 1), header, (_, _) => { })
        );
        Assert.AreEqual("it is cut off", cut.Message);
    }

    [TestMethod]
    public void Numbers_with_fractions_are_no_labels() =>
        Assert.Contains("not integers", Assert.ThrowsExactly<InvalidDataException>(() => Read(Written<float>([1], 1)).ToInt64()).Message);

    [TestMethod]
    [DataRow("'descr': '|O', 'fortran_order': False, 'shape': (2,)", "Python objects")]
    [DataRow("'descr': '<U2', 'fortran_order': False, 'shape': (1,)", "'<U2'")]
    [DataRow("'descr': '<c8', 'fortran_order': False, 'shape': (1,)", "'<c8'")]
    [DataRow("'descr': [('x', '<i4')], 'fortran_order': False, 'shape': (2,)", "write each field as an array of its own")]
    [DataRow("'descr': '<i3', 'fortran_order': False, 'shape': (2,)", "'<i3'")]
    [DataRow("'descr': '<i4', 'fortran_order': False, 'shape': (2L 3)", "header")]
    [DataRow("'descr': '<i4', 'fortran_order': Maybe, 'shape': (2,)", "header")]
    [DataRow("'descr': '<i4', 'fortran_order': False, 'shape': (2,), 'more': 1", "header")]
    [DataRow("'descr: '<i4', 'fortran_order': False, 'shape': (2,)", "header")]
    [DataRow("'descr': '<i4', 'fortran_order': False", "header")]
    [DataRow("'descr': '<i4', 'fortran_order': False, 'shape': (-1, -2)", "header")]
    [DataRow("'descr': '<i4', 'fortran_order': False, 'shape': (3,)", "cut off")]
    [DataRow("'descr': '<i4', 'fortran_order': False, 'shape': (500000000,)", "cut off")]
    [DataRow("'descr': '<i4', 'fortran_order': False, 'shape': (4611686018427387906,)", "header")]
    [DataRow("'descr': '<i4', 'fortran_order': False, 'shape': (4294967296, 4294967297)", "header")]
    [DataRow("'descr': '<i4', 'fortran_order': False, 'shape': (2000000000,)", "more than fit")]
    public void What_cannot_be_read_is_refused_with_the_reason(string header, string reason) =>
        Assert.Contains(
            reason,
            Assert.ThrowsExactly<InvalidDataException>(() => Read(NpyFile(1, $"{{{header}, }}\n", new byte[8]))).Message
        );

    [TestMethod]
    public void A_file_of_another_kind_is_no_array() =>
        Assert.AreEqual(
            "it is not a NumPy array file",
            Assert.ThrowsExactly<InvalidDataException>(() => Read("PK\u0003\u0004 and more than that"u8.ToArray())).Message
        );

    [TestMethod]
    [DataRow("\ufeff \n<!DOCTYPE html><html><body>502 Bad Gateway", "it is an HTML page, such as servers send for errors and log-ins")]
    [DataRow(
        "<?xml version='1.0'?><!DOCTYPE html PUBLIC 'x'><html xmlns='y'>",
        "it is an HTML page, such as servers send for errors and log-ins"
    )]
    [DataRow("<?xml version=\"1.0\"?><Error><Code>AccessDenied</Code></Error>", "it is XML text, such as servers send for errors")]
    [DataRow("{\"message\": \"Not Found\"}", "it is JSON text, such as servers send for errors")]
    [DataRow(
        "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 1",
        "it is a Git LFS pointer, not the file itself: 'git lfs pull' gets that"
    )]
    [DataRow("404: Not Found", "it is text that begins with '404: Not Found'")]
    [DataRow("\u0089HDF", "HDF5", DisplayName = "HDF5")]
    [DataRow("", "it is empty")]
    public void What_servers_and_Git_leave_in_its_place_is_called_that(string content, string expected) =>
        Assert.Contains(
            expected,
            Assert
                .ThrowsExactly<InvalidDataException>(() =>
                    Read(content.StartsWith('\u0089') ? Encoding.Latin1.GetBytes(content) : Encoding.UTF8.GetBytes(content))
                )
                .Message
        );

    [TestMethod]
    public void Damage_of_any_kind_is_invalid_data_and_nothing_else()
    {
        byte[][] whole =
        [
            Written<long>([1, -2, 3], 3),
            Written<float>([.. Enumerable.Range(0, 60).Select(i => (float)i)], 3, 4, 5),
            NpyFile(2, "{'descr': '|u1', 'fortran_order': False, 'shape': (2,), }\n", [1, 2]),
        ];
        var random = new Random(2785);
        for (var i = 0; i < 2000; i++)
        {
            var bytes = whole[i % whole.Length].ToArray();
            for (var n = random.Next(1, 5); n > 0; n--)
                bytes[random.Next(Math.Min(bytes.Length, 70))] =
                    random.Next(3) == 0 ? (byte)"0123456789(),'-<>"[random.Next(17)] : (byte)random.Next(256);
            if (random.Next(4) == 0)
                bytes = bytes[..random.Next(bytes.Length)];
            try
            {
                var array = Read(bytes);
                Assert.AreEqual(array.Bytes.Length, array.Count * (array.Type[2] - '0'));
            }
            catch (InvalidDataException e)
            {
                Assert.AreNotEqual("", e.Message);
            }
        }
    }

    /// <summary>So many bytes that nobody keeps.</summary>
    private sealed class Ones(long length) : MemoryStream
    {
        private long _left = length;

        public override int Read(Span<byte> buffer)
        {
            var count = (int)Math.Min(buffer.Length, _left);
            buffer[..Math.Min(count, 1)].Fill(1);
            _left -= count;
            return count;
        }
    }

    private static void RoundTrip<T>(string type, T[] values)
        where T : unmanaged
    {
        var array = Read(Written<T>(values, 2, 2));
        Assert.AreEqual(type, array.Type);
        CollectionAssert.AreEqual(new long[] { 2, 2 }, array.Shape.ToArray());
        CollectionAssert.AreEqual(values, System.Runtime.InteropServices.MemoryMarshal.Cast<byte, T>(array.Bytes).ToArray());
    }

    private static byte[] Written<T>(T[] values, params long[] shape)
        where T : unmanaged
    {
        using var stream = new MemoryStream();
        Npy.Write(stream, new ReadOnlySpan<T>(values), shape);
        return stream.ToArray();
    }

    private static NpyArray Read(byte[] bytes)
    {
        using var stream = new MemoryStream(bytes);
        return Npy.Read(stream);
    }

    private static string Header(byte[] file) => Encoding.ASCII.GetString(file, 10, file[8]);

    private static byte[] NpyFile(byte version, string header, byte[] data)
    {
        var length = new byte[version == 1 ? 2 : 4];
        if (version == 1)
            BinaryPrimitives.WriteUInt16LittleEndian(length, (ushort)header.Length);
        else
            BinaryPrimitives.WriteUInt32LittleEndian(length, (uint)header.Length);
        return [0x93, .. "NUMPY"u8, version, 0, .. length, .. Encoding.UTF8.GetBytes(header), .. data];
    }

    private static (int? Code, string Output) Python(string script, string folder)
    {
        try
        {
            using var python = Process.Start(
                new ProcessStartInfo("python3", ["-c", script])
                {
                    WorkingDirectory = folder,
                    RedirectStandardError = true,
                    UseShellExecute = false,
                }
            )!;
            var output = python.StandardError.ReadToEnd();
            python.WaitForExit();
            return (python.ExitCode, output);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return (null, "");
        }
    }
}
