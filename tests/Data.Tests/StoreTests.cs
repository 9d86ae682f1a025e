using Sat.Data.Downloads;
using Sat.Records;
using Sat.Records.Components;
using Sat.Records.Data;
using Sat.Records.Options;

namespace Sat.Data.Tests;

/// <summary>Datasets come, are checked, and are told as they are.</summary>
[TestClass]
public sealed class StoreTests
{
    private static readonly string[] Installed = ["pebbles-bin/test.bin", "pebbles-bin/train.bin", DataReceipt.FileName];

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public async Task A_dataset_comes_whole_with_a_receipt_and_nothing_else()
    {
        using var folder = new TemporaryFolder();
        using var server = new StandIn(asked => Answer.File(asked, Pebbles.Archive));
        var state = await Get(folder, server);
        Assert.AreEqual(DataStatus.Complete, state.Status);
        Assert.AreEqual("published", state.Variant);
        Assert.AreEqual(Pebbles.Train.Length + Pebbles.Test.Length, state.Bytes);
        Assert.AreEqual(folder.At("pebbles", "pebbles-bin"), state.Location);
        CollectionAssert.AreEqual(Installed, folder.Files("pebbles"));
        CollectionAssert.AreEqual(new[] { "pebbles.lock" }, folder.Files(DataStore.Workplace), "the archive has served");
        var receipt = DataReceipt.Read(folder.At("pebbles"))!;
        Assert.AreEqual(server.At(Pebbles.Name).AbsoluteUri, receipt.From.Single());
        Assert.AreEqual(new ReceivedFile(Pebbles.Train.Length, Pebbles.Sha256(Pebbles.Train)), receipt.Files["train.bin"]);
        Assert.AreEqual(
            "published",
            DataFiles.Find("", Pebbles.Layout, folder.At("pebbles")).VariantOf(Pebbles.Layout),
            "runs find it where it is"
        );
    }

    /// <summary>Of another version that the layout's files can be made of, those are stored; where it lies itself, it is found.</summary>
    [TestMethod]
    [DataRow("folder")]
    [DataRow("pebbles-python.tar.gz")]
    public async Task A_version_of_which_the_files_can_be_made_is_imported_and_found(string form)
    {
        using var folder = new TemporaryFolder();
        var dataset = Pebbles.With(Pebbles.Layout with { Others = [Pebbles.Python] });
        byte[] Pickle(byte[] bytes) => Pickles.Dictionary(("stones", bytes.Chunk(1000).ToArray()));
        var from = folder.At("given", form);
        if (form == "folder")
        {
            folder.Write("given/folder/train", Pickle(Pebbles.Train));
            folder.Write("given/folder/test", Pickle(Pebbles.Test));
        }
        else
        {
            folder.Write(
                "given/" + form,
                Pebbles.TarGz(
                    Pebbles.Tar(
                        Pebbles.File("pebbles-py/train", Pickle(Pebbles.Train)),
                        Pebbles.File("pebbles-py/test", Pickle(Pebbles.Test))
                    )
                )
            );
        }
        Directory.CreateDirectory(folder.At("own"));
        Directory.CreateSymbolicLink(folder.At("own", "pebbles"), form == "folder" ? from : folder.At("given"));

        var found = new DataInspector(folder.At("own")).Verify(dataset);
        Assert.AreEqual((DataStatus.Complete, "published"), (found.Status, found.Variant));
        Assert.Contains("the Python version of the pebbles", found.Note!);

        var state = await new DataStore(folder.At("data"), new Recorder()).Import(dataset, from, TestContext.CancellationToken);
        Assert.AreEqual((DataStatus.Complete, "published"), (state.Status, state.Variant));
        CollectionAssert.AreEqual(Installed, folder.Files("data", "pebbles"));
        CollectionAssert.AreEqual(Pebbles.Train, File.ReadAllBytes(folder.At("data", "pebbles", "pebbles-bin", "train.bin")));
        Assert.IsEmpty(LayoutRules.Broken(dataset.Data!));
    }

    [TestMethod]
    public async Task What_is_here_is_not_downloaded_again()
    {
        using var folder = new TemporaryFolder();
        using var server = new StandIn(asked => Answer.File(asked, Pebbles.Archive));
        await Get(folder, server);
        await Get(folder, server);
        Assert.HasCount(1, server.Requests);
    }

    [TestMethod]
    public async Task Two_at_once_download_once()
    {
        using var folder = new TemporaryFolder();
        using var bothAsked = new CountdownEvent(1);
        using var server = new StandIn(asked =>
        {
            bothAsked.Wait();
            return Answer.File(asked, Pebbles.Archive);
        });
        var second = new Recorder();
        var first = Task.Run(() => Get(folder, server));
        await Wait.Until(() => server.Requests.Count == 1);
        var other = Task.Run(() => Get(folder, server, second));
        await Wait.Until(() => second.Notes.Count == 1);
        bothAsked.Signal();
        Assert.AreEqual(DataStatus.Complete, (await first).Status);
        Assert.AreEqual(DataStatus.Complete, (await other).Status);
        Assert.AreEqual($"Another process is working on dataset 'pebbles' in {folder.Path}: waiting for it.", second.Notes.Single());
        Assert.HasCount(1, server.Requests);
    }

    [TestMethod]
    public async Task A_mirror_is_a_folder_of_archives_or_the_archive()
    {
        foreach (var mirror in new[] { "", "deep/", "deep", "pebbles.tar.gz", "deep/pebbles.tar.gz" })
        {
            using var folder = new TemporaryFolder();
            using var server = new StandIn(asked => Answer.File(asked, Pebbles.Archive));
            await Get(folder, server.At(mirror), Pebbles.Dataset);
            Assert.EndsWith("/pebbles.tar.gz", server.Requests.Single().Target);
            Assert.AreEqual(mirror.Contains("deep"), server.Requests[0].Target.StartsWith("/deep/", StringComparison.Ordinal));
        }
    }

    [TestMethod]
    public async Task A_dataset_of_several_sources_comes_from_all_of_them()
    {
        using var folder = new TemporaryFolder();
        var archive = Pebbles.Zip(("pebbles-bin/train.bin", Pebbles.Train));
        var dataset = Pebbles.With(
            Pebbles.Of("train.zip", archive, DataFormat.Zip) with
            {
                Files = ["train.bin"],
            },
            Pebbles.Of("test.bin", Pebbles.Test, DataFormat.File)
        );
        using var server = new StandIn(asked => Answer.File(asked, asked.Target == "/train.zip" ? archive : Pebbles.Test));
        Assert.AreEqual("published", (await Get(folder, server.At(""), dataset)).Variant);
        CollectionAssert.AreEqual(Installed, folder.Files("pebbles"));
    }

    [TestMethod]
    public async Task An_archive_whose_files_are_not_those_listed_is_not_installed()
    {
        using var folder = new TemporaryFolder();
        var archive = Pebbles.TarGz(
            Pebbles.Tar(Pebbles.File("pebbles-bin/train.bin", Pebbles.Train), Pebbles.File("pebbles-bin/test.bin", "other"u8))
        );
        using var server = new StandIn(asked => Answer.File(asked, archive));
        var message = await Refused.With(() => Get(folder, server.At(""), Pebbles.With(Pebbles.Of(Pebbles.Name, archive))));
        Assert.Contains("test.bin differs from version 'published'", message);
        Assert.IsFalse(Directory.Exists(folder.At("pebbles")));
        Assert.IsFalse(Directory.Exists(folder.At(DataStore.Workplace, "pebbles", "unpacked")));
    }

    [TestMethod]
    public async Task A_dataset_that_may_not_be_downloaded_says_what_to_obtain_and_where_to_put_it()
    {
        using var folder = new TemporaryFolder();
        foreach (
            var dataset in new[]
            {
                Pebbles.With(Pebbles.Source with { Address = null }),
                Pebbles.With(Pebbles.Layout with { Sources = [] }),
            }
        )
        {
            Assert.AreEqual(
                "dataset 'pebbles' cannot be downloaded by the tool. Collect them at the beach. "
                    + $"Then 'dotnet sat data import pebbles PATH' checks it and copies it to {folder.At("pebbles")}, or put the files there yourself.",
                await Refused.With(() => Get(folder, (Uri?)null, dataset))
            );
        }
        // A mirror of one's own is one's own affair.
        using var server = new StandIn(asked => Answer.File(asked, Pebbles.Archive));
        Assert.AreEqual(
            DataStatus.Complete,
            (await Get(folder, server.At(""), Pebbles.With(Pebbles.Source with { Address = null }))).Status
        );
    }

    [TestMethod]
    public async Task An_archive_without_published_checksums_and_what_it_unpacks_to_are_imported_as_they_are()
    {
        var dataset = Pebbles.With(
            new DataLayout
            {
                Files = ["pebbles.zip"],
                Unpacked = new UnpackedFiles
                {
                    Folder = "pebbles",
                    Selection = new FileSelection { Include = ["*.bin"] },
                },
                Obtain = "Collect them at the beach.",
            }
        );
        using var from = new TemporaryFolder();
        from.Write("mine/of-mine.zip", "packed");
        from.Write("mine/pebbles/train.bin", Pebbles.Train);
        using var archive = new TemporaryFolder();
        using var loose = new TemporaryFolder();

        Assert.AreEqual(DataStatus.Complete, (await Import(archive, dataset, from.At("mine", "of-mine.zip"))).Status);
        CollectionAssert.AreEqual(
            new[] { "pebbles.zip", DataReceipt.FileName }.Order(StringComparer.Ordinal).ToArray(),
            archive.Files("pebbles")
        );
        Assert.AreEqual(DataStatus.Complete, (await Import(loose, dataset, from.At("mine"))).Status);
        CollectionAssert.AreEqual(
            new[] { DataReceipt.FileName, "train.bin" }.Order(StringComparer.Ordinal).ToArray(),
            loose.Files("pebbles")
        );

        File.WriteAllText(loose.At("pebbles", "train.bin"), "other");
        Assert.AreEqual(DataStatus.Damaged, new DataInspector(loose.Path).Verify(dataset).Status);
    }

    [TestMethod]
    public async Task Unpacked_files_of_a_published_archive_are_accepted_with_a_note()
    {
        var dataset = Pebbles.With(
            Pebbles.Layout with
            {
                Folder = "",
                Files = ["pebbles.zip"],
                Sources = [Pebbles.Of("pebbles.zip", Pebbles.Archive, DataFormat.File)],
                Unpacked = new UnpackedFiles { Selection = new FileSelection { Include = ["*.bin"] } },
                Variants =
                [
                    new DataVariant("published", "As it lay there.", new Dictionary<string, string> { ["pebbles.zip"] = new('0', 64) }),
                ],
            }
        );
        using var from = new TemporaryFolder();
        from.Write("train.bin", Pebbles.Train);
        using var folder = new TemporaryFolder();
        from.Write("test.bin", Pebbles.Test);
        var told = new List<DataProgress>();
        var recorder = new Recorder(told.Add);

        Assert.AreEqual(DataFiles.UnknownVariant, (await Import(folder, dataset, from.Path, recorder)).Variant);

        Assert.IsTrue(told.All(t => t.Name == "pebbles"), "the terminal has a line for each name, and such files are thousands");
        Assert.AreEqual(Pebbles.Train.Length + Pebbles.Test.Length, told[^1].Bytes);
        Assert.Contains("Nobody has published checksums of the unpacked files of dataset 'pebbles'", recorder.Notes.Single());
    }

    [TestMethod]
    public async Task Datasets_without_files_say_so()
    {
        using var folder = new TemporaryFolder();
        var drawn = Pebbles.With((DataLayout?)null);
        var own = drawn with
        {
            Options =
            [
                new OptionSchema
                {
                    Name = "path",
                    Kind = OptionKind.Path,
                    Description = "Where",
                    Required = true,
                },
            ],
        };
        Assert.AreEqual(DataStatus.NoFiles, new DataInspector(folder.Path).Look(drawn).Status);
        Assert.AreEqual(DataStatus.OwnFiles, new DataInspector(folder.Path).Look(own).Status);
        Assert.AreEqual(DataStatus.NoFiles, (await Get(folder, (Uri?)null, drawn)).Status);
        Assert.Contains("'--set dataset.path=PATH'", await Refused.With(() => Import(folder, own, folder.Path), ExitCode.Planning));
    }

    [TestMethod]
    public async Task What_was_changed_cut_or_taken_away_is_named_and_got_again()
    {
        using var folder = new TemporaryFolder();
        using var server = new StandIn(asked => Answer.File(asked, Pebbles.Archive));
        var inspector = new DataInspector(folder.Path);
        await Get(folder, server);
        var file = folder.At("pebbles", "pebbles-bin", "test.bin");

        File.WriteAllBytes(file, Pebbles.Bytes(9, Pebbles.Test.Length));
        Assert.AreEqual(DataStatus.Complete, inspector.Look(Pebbles.Dataset).Status, "a look sees names and lengths");
        Expect(
            inspector.Verify(Pebbles.Dataset),
            "test.bin has a different checksum than when it was stored. 'dotnet sat data get pebbles' downloads it again."
        );
        await Get(folder, server);
        CollectionAssert.AreEqual(Pebbles.Test, File.ReadAllBytes(file));

        File.WriteAllBytes(file, Pebbles.Test[..1000]);
        Expect(
            inspector.Look(Pebbles.Dataset),
            "test.bin has a different length than when it was stored. 'dotnet sat data get pebbles' downloads it again."
        );
        await Get(folder, server);

        File.Delete(file);
        Expect(inspector.Look(Pebbles.Dataset), "test.bin is missing. 'dotnet sat data get pebbles' downloads it again.");
        Assert.AreEqual(DataStatus.Complete, (await Get(folder, server)).Status);
        CollectionAssert.AreEqual(Installed, folder.Files("pebbles"));

        static void Expect(DataState state, string note)
        {
            Assert.AreEqual(DataStatus.Damaged, state.Status);
            CollectionAssert.AreEqual(new[] { "test.bin" }, state.Wrong.ToArray());
            Assert.AreEqual(note, state.Note);
        }
    }

    [TestMethod]
    public async Task A_file_that_no_version_lists_is_checked_against_the_receipt()
    {
        using var folder = new TemporaryFolder();
        var layout = Pebbles.Layout with
        {
            Variants =
            [
                Pebbles.Layout.Variants[0] with
                {
                    Files = new Dictionary<string, string> { ["train.bin"] = Pebbles.Sha256(Pebbles.Train) },
                },
            ],
        };
        using var server = new StandIn(asked => Answer.File(asked, Pebbles.Archive));
        await Get(folder, server.At(""), Pebbles.With(layout));
        var inspector = new DataInspector(folder.Path);
        Assert.AreEqual("published", inspector.Verify(Pebbles.With(layout)).Variant);
        folder.Write("pebbles/pebbles-bin/test.bin", Pebbles.Bytes(9, Pebbles.Test.Length));
        CollectionAssert.AreEqual(new[] { "test.bin" }, inspector.Verify(Pebbles.With(layout)).Wrong.ToArray());
    }

    [TestMethod]
    public void What_a_person_put_there_is_recognised()
    {
        using var folder = new TemporaryFolder();
        var inspector = new DataInspector(folder.Path);
        Assert.AreEqual(DataStatus.Missing, inspector.Look(Pebbles.Dataset).Status);
        Assert.AreEqual(
            "'dotnet sat data get pebbles' downloads it. By hand: Collect them at the beach.",
            inspector.Look(Pebbles.Dataset).Note
        );

        var archive = folder.Write($"pebbles/{Pebbles.Name}", Pebbles.Archive);
        Assert.AreEqual("published", inspector.Look(Pebbles.Dataset).Variant, "the archive as it is");
        Assert.AreEqual(Pebbles.Archive.Length, inspector.Look(Pebbles.Dataset).Bytes);
        File.WriteAllBytes(archive, Pebbles.Archive[..1000]);
        Assert.AreEqual(DataStatus.Damaged, inspector.Look(Pebbles.Dataset).Status);
        Assert.Contains("is damaged", inspector.Look(Pebbles.Dataset).Note!);
        File.Delete(archive);

        folder.Write("pebbles/train.bin", Pebbles.Train);
        Assert.AreEqual("test.bin is missing. 'dotnet sat data get pebbles' downloads it again.", inspector.Look(Pebbles.Dataset).Note);
        folder.Write("pebbles/test.bin", Pebbles.Test);
        Assert.AreEqual("published", inspector.Look(Pebbles.Dataset).Variant);
        folder.Write("pebbles/test.bin", [1]);
        CollectionAssert.AreEqual(
            new[] { "test.bin" },
            inspector.Look(Pebbles.Dataset).Wrong.ToArray(),
            "the other file tells which version it should be"
        );
        Assert.Contains("test.bin has a different checksum than in version 'published'.", inspector.Look(Pebbles.Dataset).Note!);
        folder.Write("pebbles/train.bin", [1]);
        Assert.AreEqual(DataStatus.Unknown, inspector.Verify(Pebbles.Dataset).Status);
    }

    [TestMethod]
    public async Task What_a_person_put_there_is_not_replaced()
    {
        using var folder = new TemporaryFolder();
        using var server = new StandIn(asked => Answer.File(asked, Pebbles.Archive));
        folder.Write("pebbles/train.bin", Pebbles.Train);
        Assert.Contains("holds files that the tool did not put there", await Refused.With(() => Get(folder, server)));
        CollectionAssert.AreEqual(new[] { "train.bin" }, folder.Files("pebbles"));
        Assert.IsEmpty(server.Requests);

        File.Delete(folder.At("pebbles", "train.bin"));
        Assert.AreEqual(DataStatus.Complete, (await Get(folder, server)).Status, "an empty folder is in nobody's way");
    }

    [TestMethod]
    public async Task A_link_is_not_replaced()
    {
        using var folder = new TemporaryFolder();
        using var server = new StandIn(asked => Answer.File(asked, Pebbles.Archive));
        Directory.CreateDirectory(folder.At("scratch"));
        Directory.CreateSymbolicLink(folder.At("pebbles"), folder.At("scratch"));
        Assert.Contains("is a link, which is not replaced", await Refused.With(() => Get(folder, server)));
    }

    [TestMethod]
    public async Task An_archive_is_imported_when_it_is_the_published_one()
    {
        using var folder = new TemporaryFolder();
        using var from = new TemporaryFolder();
        var archive = from.Write("renamed.bin", Pebbles.Archive);
        Assert.AreEqual("published", (await Import(folder, Pebbles.Dataset, archive)).Variant);
        CollectionAssert.AreEqual(Installed, folder.Files("pebbles"));
        Assert.IsTrue(File.Exists(archive), "it is copied, not moved");
        Assert.AreEqual(archive, DataReceipt.Read(folder.At("pebbles"))!.From.Single());

        using var other = new TemporaryFolder();
        File.WriteAllBytes(archive, Pebbles.Archive[..^1]);
        Assert.Contains(
            $"{archive} is not the published {Pebbles.Name}: it has {SourceCheck.Count(Pebbles.Archive.Length - 1)} bytes",
            await Refused.With(() => Import(other, Pebbles.Dataset, archive))
        );
        Assert.IsFalse(Directory.Exists(other.At("pebbles")));
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("pebbles-bin")]
    public async Task A_folder_of_files_is_imported(string beneath)
    {
        using var folder = new TemporaryFolder();
        using var from = new TemporaryFolder();
        from.Write(Path.Combine(beneath, "train.bin"), Pebbles.Train);
        from.Write(Path.Combine(beneath, "test.bin"), Pebbles.Test);
        from.Write("unasked.bin", [1]);
        var recorder = new Recorder();
        Assert.AreEqual("published", (await Import(folder, Pebbles.Dataset, from.Path, recorder)).Variant);
        CollectionAssert.AreEqual(Installed, folder.Files("pebbles"));
        Assert.IsEmpty(recorder.Notes);
        Assert.HasCount(3, from.Files());
    }

    [TestMethod]
    public async Task A_password_of_a_mirror_is_sent_and_neither_told_nor_kept()
    {
        using var folder = new TemporaryFolder();
        using var server = new StandIn(_ => Answer.Error("404 Not Found"), asked => Answer.File(asked, Pebbles.Archive));
        var mirror = new UriBuilder(server.Address) { UserName = "diver", Password = "p%40ss" }.Uri;
        var refusal = await Refused.With(() => Get(folder, mirror, Pebbles.Dataset));
        await Get(folder, mirror, Pebbles.Dataset);

        Assert.AreEqual(
            new UriBuilder(server.At(Pebbles.Name)) { UserName = "diver", Password = "***" }
                .Uri
                .AbsoluteUri,
            DataReceipt.Read(folder.At("pebbles"))!.From.Single()
        );
        Assert.Contains("://diver:***@localhost", refusal);
        foreach (
            var text in folder
                .Files()
                .Where(f => f.EndsWith(".json", StringComparison.Ordinal))
                .Select(f => File.ReadAllText(folder.At(f)))
                .Append(refusal)
        )
            Assert.IsFalse(text.Contains("p%40ss", StringComparison.Ordinal) || text.Contains("p@ss", StringComparison.Ordinal), text);
        Assert.IsTrue(server.Requests.All(r => r.Headers["Authorization"] == "Basic " + Convert.ToBase64String("diver:p@ss"u8)));
    }

    [TestMethod]
    [OSCondition(ConditionMode.Exclude, OperatingSystems.Windows, IgnoreMessage = "Windows needs a right to make links")]
    public async Task A_link_that_leads_out_of_an_imported_folder_is_not_followed()
    {
        using var folder = new TemporaryFolder();
        using var from = new TemporaryFolder();
        using var elsewhere = new TemporaryFolder();
        from.Write("train.bin", Pebbles.Train);
        File.CreateSymbolicLink(from.At("test.bin"), elsewhere.Write("test.bin", Pebbles.Test));
        Assert.Contains(
            $"{from.At("test.bin")} is a link that leads out of {from.Path}",
            await Refused.With(() => Import(folder, Pebbles.Dataset, from.Path))
        );

        using var archives = new TemporaryFolder();
        File.CreateSymbolicLink(archives.At(Pebbles.Name), elsewhere.Write(Pebbles.Name, Pebbles.Archive));
        Assert.Contains("is a link that leads out of", await Refused.With(() => Import(folder, Pebbles.Dataset, archives.Path)));

        File.Delete(from.At("test.bin"));
        from.Write("real.bin", Pebbles.Test);
        File.CreateSymbolicLink(from.At("test.bin"), "real.bin");
        Assert.AreEqual("published", (await Import(folder, Pebbles.Dataset, from.Path)).Variant);
    }

    [TestMethod]
    public async Task A_folder_with_the_archives_is_imported()
    {
        using var folder = new TemporaryFolder();
        using var from = new TemporaryFolder();
        from.Write(Pebbles.Name, Pebbles.Archive);
        Assert.AreEqual("published", (await Import(folder, Pebbles.Dataset, from.Path)).Variant);
    }

    [TestMethod]
    public async Task Files_that_nobody_knows_are_imported_with_a_warning_and_checked_from_then_on()
    {
        using var folder = new TemporaryFolder();
        using var from = new TemporaryFolder();
        from.Write("train.bin", Pebbles.Train);
        from.Write("test.bin", [1, 2, 3]);
        var recorder = new Recorder();
        var state = await Import(folder, Pebbles.Dataset, from.Path, recorder);
        Assert.AreEqual(DataFiles.UnknownVariant, state.Variant);
        Assert.AreEqual(
            "warning: this is no known version of dataset 'pebbles': test.bin differs from version 'published'. It is used as it is, and reports will say so.",
            recorder.Notes.Single()
        );
        var inspector = new DataInspector(folder.Path);
        Assert.AreEqual(DataStatus.Complete, inspector.Verify(Pebbles.Dataset).Status);
        folder.Write("pebbles/pebbles-bin/test.bin", [1, 2, 4]);
        Assert.Contains("test.bin has a different checksum than when it was stored", inspector.Verify(Pebbles.Dataset).Note!);
    }

    [TestMethod]
    public async Task The_same_can_be_imported_twice_and_another_version_not()
    {
        using var folder = new TemporaryFolder();
        using var from = new TemporaryFolder();
        from.Write("train.bin", Pebbles.Train);
        from.Write("test.bin", Pebbles.Test);
        await Import(folder, Pebbles.Dataset, from.Path);
        Assert.AreEqual(DataStatus.Complete, (await Import(folder, Pebbles.Dataset, from.Path)).Status);
        from.Write("test.bin", [1]);
        Assert.Contains(
            "holds another version of dataset 'pebbles' (published): remove that folder first",
            await Refused.With(() => Import(folder, Pebbles.Dataset, from.Path))
        );
        CollectionAssert.AreEqual(Pebbles.Test, File.ReadAllBytes(folder.At("pebbles", "pebbles-bin", "test.bin")));
    }

    [TestMethod]
    public async Task What_cannot_be_imported_is_told()
    {
        using var folder = new TemporaryFolder();
        using var from = new TemporaryFolder();
        from.Write("train.bin", Pebbles.Train);
        Assert.AreEqual(
            $"{from.Path} does not hold dataset 'pebbles': it lacks test.bin, and the archive pebbles.tar.gz. Collect them at the beach.",
            await Refused.With(() => Import(folder, Pebbles.Dataset, from.Path))
        );
        Assert.AreEqual(
            $"there is no file or folder {from.At("no")}",
            await Refused.With(() => Import(folder, Pebbles.Dataset, from.At("no")))
        );
        Assert.Contains(
            "is not an archive",
            await Refused.With(() => Import(folder, Pebbles.With(Pebbles.Layout with { Sources = [] }), from.At("train.bin")))
        );
        var several = Pebbles.With(Pebbles.Of("a.zip", [1], DataFormat.Zip), Pebbles.Of("b.zip", [1], DataFormat.Zip));
        Assert.Contains(
            "comes in several files: give the folder with a.zip, b.zip.",
            await Refused.With(() => Import(folder, several, from.At("train.bin")))
        );
    }

    [TestMethod]
    public async Task A_folder_that_cannot_be_written_is_told_in_a_sentence()
    {
        using var folder = new TemporaryFolder();
        folder.Write("file", [1]);
        using var server = new StandIn(asked => Answer.File(asked, Pebbles.Archive));
        using var http = new HttpClient();
        var store = new DataStore(folder.At("file"), new Recorder());
        Assert.StartsWith(
            "cannot write ",
            await Refused.With(() =>
                store.Get(Pebbles.Dataset, server.At(""), new Downloader(http, new(), new Recorder()), TestContext.CancellationToken)
            )
        );
    }

    private Task<DataState> Get(TemporaryFolder folder, StandIn server, Recorder? recorder = null) =>
        Get(folder, server.At(""), Pebbles.Dataset, recorder);

    private async Task<DataState> Get(TemporaryFolder folder, Uri? mirror, ComponentSchema dataset, Recorder? recorder = null)
    {
        var options = new DownloadOptions();
        using var handler = HttpClients.Handler(options);
        handler.UseProxy = false;
        using var http = new HttpClient(handler);
        recorder ??= new Recorder();
        return await new DataStore(folder.Path, recorder).Get(
            dataset,
            mirror,
            new Downloader(http, options, recorder),
            TestContext.CancellationToken
        );
    }

    private Task<DataState> Import(TemporaryFolder folder, ComponentSchema dataset, string path, Recorder? recorder = null) =>
        new DataStore(folder.Path, recorder ?? new Recorder()).Import(dataset, path, TestContext.CancellationToken);
}
