using Sat.Records.Runs;

// A process of its own that the tests kill.
switch (args)
{
    case ["hold", var folder]:
        using (var lease = RunLease.TryTake(new RunFolder(folder)))
        {
            Console.WriteLine(lease is null ? "refused" : "held");
            Console.In.ReadToEnd();
        }
        return 0;
    case ["rewrite", var path]:
        for (var i = 0; ; i++)
        {
            AtomicFile.WriteText(path, new string((char)('a' + i % 26), 1 << 20));
            if (i == 0)
                Console.WriteLine("written");
        }
    default:
        Console.Error.WriteLine("usage: hold FOLDER | rewrite FILE");
        return 2;
}
