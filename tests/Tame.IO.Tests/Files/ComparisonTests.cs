using CsCheck;

namespace Tame.IO.Tests.Files;

/// <summary>Random operations have the same results and the same exceptions in memory as with the system.</summary>
public sealed partial class ComparisonTests : IDisposable
{
    private static readonly string[] s_paths = ["a", "b", "d", "d/a", "d/e", "d/e/a", "x/y", "a/z", "d/e/x/y"];

    private static readonly Gen<Step> s_step = Gen.Select(
        Gen.Int[0, 11], Gen.Int[0, 8], Gen.Int[0, 8], Gen.Bool, Gen.Int[0, 40],
        (kind, path, other, flag, number) => new Step(kind, s_paths[path], s_paths[other], flag, number));

    private readonly string _root = Directory.CreateTempSubdirectory("tame-files-").FullName;
    private int _run;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Theory]
    [InlineData(Networks.System)]
    [InlineData(Networks.Portable)]
    public void Memory_and_system_agree(string system) => s_step.Array[1, 40].Sample(
        steps =>
        {
            string root = $"{_root}/{_run++}";
            var inMemory = Results(Networks.Memory, root, steps);
            var inSystem = Results(system, root, steps);
            for (int i = 0; i < inSystem.Count; i++)
                Assert.True(inSystem[i] == inMemory[i], $"{(i < steps.Length ? steps[i] : "the end")}: the system has '{inSystem[i]}', memory '{inMemory[i]}'.\n{string.Join('\n', steps.Take(i))}");
        },
        iter: 400,
        threads: 1);

    private static List<string> Results(string network, string root, Step[] steps)
    {
        var results = new List<string>();
        Networks.Run(network, done => RunAll(root, steps, results, done));
        return results;
    }

    [Tamed]
    private static partial void RunAll(string root, Step[] steps, List<string> results, Event done);

    private static void RunAllBody(string root, Step[] steps, List<string> results, Event done)
    {
        twait(e => Network.Current.Files.CreateDirectory(root, e));
        for (int i = 0; i < steps.Length; i++)
        {
            try
            {
                twait(e => Run(root, steps[i], e), out string result);
                results.Add(result);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                results.Add(error.GetType().Name);
            }
        }
        foreach (string path in s_paths)
        {
            twait(e => Network.Current.Files.GetEntry($"{root}/{path}", e), out FileEntry? entry);
            results.Add($"{path} {entry?.IsDirectory} {entry?.Length}");
        }
        done.Trigger();
    }

    [Tamed]
    private static partial void Run(string root, Step step, Event<string> done);

    private static void RunBody(string root, Step step, Event<string> done)
    {
        var files = Network.Current.Files;
        string path = $"{root}/{step.Path}", other = $"{root}/{step.Other}", result = "done";
        switch (step.Kind)
        {
            case 0:
                twait(e => files.CreateDirectory(path, e));
                break;
            case 1:
                twait(e => files.Delete(path, e));
                break;
            case 2:
                twait(e => files.DeleteDirectory(path, step.Flag, e));
                break;
            case 3 or 4:
                twait(e => files.Rename(path, other, step.Flag, e));
                break;
            case 5:
                twait(e => files.List(path, e), out FileEntry[] entries);
                result = string.Join(' ', entries.Select(entry => $"{entry.Path} {entry.IsDirectory} {entry.Length}"));
                break;
            case 6:
                twait(e => files.GetEntry(path, e), out FileEntry? found);
                result = $"{found?.Path} {found?.IsDirectory} {found?.Length}";
                break;
            default:
                twait(e => Use(path, step, e), out result);
                break;
        }
        done.Trigger(result);
    }

    [Tamed]
    private static partial void Use(string path, Step step, Event<string> done);

    private static void UseBody(string path, Step step, Event<string> done)
    {
        var mode = (FileMode)(1 + (step.Number % 6));
        twait(e => Network.Current.Files.Open(path, mode, mode == FileMode.Append ? FileAccess.Write : FileAccess.ReadWrite, e), out RandomAccessFile file);
        using var closing = file;
        var bytes = Enumerable.Range(1, step.Number).Select(i => (byte)i).ToArray();
        if (step.Flag)
            twait(e => file.Append(bytes, e));
        else if (step.Kind == 7)
            twait(e => file.SetLength(step.Number, e));
        else
            twait(e => file.Write(bytes, step.Number / 2, e));
        twait(e => file.GetLength(e), out long length);
        var all = new byte[length + 10];
        int count = 0;
        if (mode != FileMode.Append)
            twait(e => file.Read(all, step.Kind, e), out count);
        done.Trigger($"{length} {Convert.ToHexString(all, 0, count)}");
    }

    private sealed record Step(int Kind, string Path, string Other, bool Flag, int Number);
}
