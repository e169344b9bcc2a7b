using System.Text;

namespace Tame.IO.Tests.Files;

/// <summary>Files of the system, by its own calls and by .NET's, and in memory.</summary>
public sealed partial class FileTests : FolderTests
{
    [Theory]
    [InlineData(Networks.Memory)]
    [InlineData(Networks.System)]
    [InlineData(Networks.Portable)]
    public void What_is_written_is_read(string network)
    {
        Networks.Run(network, done => WriteAndRead(done));
        Assert.Equal(["hello", "5", "ello!", "0", "10", "5", "hello\0\0\0", "log 1;log 2;log 3;"], Seen);
    }

    [Theory]
    [InlineData(Networks.Memory)]
    [InlineData(Networks.System)]
    [InlineData(Networks.Portable)]
    public void Large_reads_and_writes_are_whole(string network) => Networks.Run(network, done => WriteMuch(done));

    [Theory]
    [InlineData(Networks.Memory)]
    [InlineData(Networks.System)]
    [InlineData(Networks.Portable)]
    public void Directories_are_made_listed_renamed_and_deleted(string network)
    {
        Networks.Run(network, done => UseDirectories(done));
        Assert.Equal(["a:file:3 b:directory:0", "c:file:3", "", "null"], Seen);
    }

    [Theory]
    [InlineData(Networks.Memory)]
    [InlineData(Networks.System)]
    [InlineData(Networks.Portable)]
    public void A_file_that_is_open_lives_on_when_it_is_deleted(string network)
    {
        Networks.Run(network, done => DeleteOpen(done));
        Assert.Equal(["null", "abc"], Seen);
    }

    [Theory]
    [InlineData(Networks.Memory)]
    [InlineData(Networks.System)]
    [InlineData(Networks.Portable)]
    public void Operations_that_are_under_way_when_a_file_is_closed_are_carried_out(string network)
    {
        Networks.Run(network, done => CloseEarly(done));
        Assert.Equal(["onetwothree", "ObjectDisposedException"], Seen);
    }

    [Theory]
    [InlineData(Networks.Memory)]
    [InlineData(Networks.System)]
    [InlineData(Networks.Portable)]
    public void A_wrong_use_throws(string network) => Networks.Run(network, done => UseWrongly(done));

    [Tamed]
    private partial void WriteAndRead(Event done);

    private void WriteAndReadBody(Event done)
    {
        twait(e => Files.CreateDirectory(Root, e));
        twait(e => Files.Open(Root + "/file", FileMode.CreateNew, FileAccess.ReadWrite, e), out RandomAccessFile file);
        var buffer = new byte[5];
        twait(e => file.Write("hello"u8.ToArray(), 0, e));
        twait(e => file.Flush(e));
        twait(e => file.Read(buffer, 0, e), out int count);
        Seen.Add(Encoding.ASCII.GetString(buffer, 0, count));
        twait(e => file.GetLength(e), out long length);
        Seen.Add($"{length}");
        twait(e => file.Append("!"u8.ToArray(), e));
        twait(e => file.Read(buffer, 1, e), out count);
        Seen.Add(Encoding.ASCII.GetString(buffer, 0, count));
        twait(e => file.Read(buffer, 6, e), out count);
        Seen.Add($"{count}");
        twait(e => file.Write("end"u8.ToArray(), 7, e));
        twait(e => file.GetLength(e), out length);
        Seen.Add($"{length}");
        twait(e => file.SetLength(5, e));
        twait(e => file.GetLength(e), out length);
        Seen.Add($"{length}");
        twait(e => file.SetLength(8, e));
        var all = new byte[20];
        twait(e => file.Read(all, 0, e), out count);
        Seen.Add(Encoding.ASCII.GetString(all, 0, count));
        twait(e => file.SetLength(0, e));
        using (twait())
        {
            for (int i = 1; i <= 3; i++)
                file.Append(Encoding.ASCII.GetBytes($"log {i};"), mkevent());
        }
        twait(e => file.Read(all, 0, e), out count);
        Seen.Add(Encoding.ASCII.GetString(all, 0, count));
        file.Dispose();
        done.Trigger();
    }

    [Tamed]
    private partial void WriteMuch(Event done);

    private void WriteMuchBody(Event done)
    {
        var bytes = new byte[3_500_001];
        new Random(1).NextBytes(bytes);
        twait(e => Files.CreateDirectory(Root, e));
        twait(e => Files.Open(Root + "/file", FileMode.Create, FileAccess.ReadWrite, e), out RandomAccessFile file);
        twait(e => file.Write(bytes, 7, e));
        twait(e => file.Append(bytes, e));
        var read = new byte[(2 * bytes.Length) + 100];
        twait(e => file.Read(read, 7, e), out int count);
        file.Dispose();
        Assert.Equal(2 * bytes.Length, count);
        Assert.True(read.AsSpan(0, bytes.Length).SequenceEqual(bytes));
        Assert.True(read.AsSpan(bytes.Length, bytes.Length).SequenceEqual(bytes));
        done.Trigger();
    }

    [Tamed]
    private partial void UseDirectories(Event done);

    private void UseDirectoriesBody(Event done)
    {
        twait(e => Files.CreateDirectory(Root + "/b/deep", e));
        twait(e => Files.Open(Root + "/a", FileMode.Append, FileAccess.Write, e), out RandomAccessFile file);
        twait(e => file.Append("abc"u8.ToArray(), e));
        file.Dispose();
        twait(e => Files.List(Root, e), out FileEntry[] entries);
        Seen.Add(Text(entries));
        twait(e => Files.Rename(Root + "/a", Root + "/b/deep/c", replace: false, e));
        twait(e => Files.Rename(Root + "/b", Root + "/d", replace: false, e));
        twait(e => Files.List(Root + "/d/deep", e), out entries);
        Assert.Equal(Path.Join(Root, "d/deep/c"), entries[0].Path);
        Seen.Add(Text(entries));
        twait(e => Files.DeleteDirectory(Root + "/d", recursive: true, e));
        twait(e => Files.List(Root, e), out entries);
        Seen.Add(Text(entries));
        twait(e => Files.Delete(Root + "/d", e));
        twait(e => Files.GetEntry(Root + "/d", e), out FileEntry? entry);
        Seen.Add(entry?.Name ?? "null");
        done.Trigger();
    }

    [Tamed]
    private partial void DeleteOpen(Event done);

    private void DeleteOpenBody(Event done)
    {
        twait(e => Files.CreateDirectory(Root, e));
        twait(e => Files.Open(Root + "/file", FileMode.Create, FileAccess.ReadWrite, e), out RandomAccessFile file);
        twait(e => file.Write("abc"u8.ToArray(), 0, e));
        twait(e => Files.Delete(Root + "/file", e));
        twait(e => Files.GetEntry(Root + "/file", e), out FileEntry? entry);
        Seen.Add(entry?.Name ?? "null");
        var buffer = new byte[3];
        twait(e => file.Read(buffer, 0, e), out int count);
        Seen.Add(Encoding.ASCII.GetString(buffer, 0, count));
        file.Dispose();
        done.Trigger();
    }

    [Tamed]
    private partial void CloseEarly(Event done);

    private void CloseEarlyBody(Event done)
    {
        twait(e => Files.CreateDirectory(Root, e));
        twait(e => Files.Open(Root + "/file", FileMode.Create, FileAccess.Write, e), out RandomAccessFile file);
        using (twait())
        {
            file.Append("one"u8.ToArray(), mkevent());
            file.Append("two"u8.ToArray(), mkevent());
            file.Append("three"u8.ToArray(), mkevent());
            file.Dispose();
        }
        twait(e => Files.Open(Root + "/file", FileMode.Open, FileAccess.Read, e), out RandomAccessFile again);
        var buffer = new byte[20];
        twait(e => again.Read(buffer, 0, e), out int count);
        Seen.Add(Encoding.ASCII.GetString(buffer, 0, count));
        again.Dispose();
        try
        {
            twait(e => again.Read(buffer, 0, e), out count);
        }
        catch (ObjectDisposedException error)
        {
            Seen.Add(error.GetType().Name);
        }
        done.Trigger();
    }

    [Tamed]
    private partial void UseWrongly(Event done);

    private void UseWronglyBody(Event done)
    {
        twait(e => Files.CreateDirectory(Root, e));
        twait(e => Files.Open(Root + "/file", FileMode.Create, FileAccess.Write, e), out RandomAccessFile file);
        Assert.Contains("FileAccess.Read", Assert.Throws<NotSupportedException>(() => file.Read(new byte[1], 0, Event<int>.Detached)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => file.Write(new byte[1], -1, Event.Detached));
        Assert.Throws<ArgumentException>(() => Files.Open(Root + "/file", FileMode.Append, FileAccess.ReadWrite, Event<RandomAccessFile>.Detached));
        Assert.Throws<ArgumentException>(() => Files.Open(Root + "/file", FileMode.Truncate, FileAccess.Read, Event<RandomAccessFile>.Detached));
        Assert.Throws<ArgumentException>(() => Files.List("", Event<FileEntry[]>.Detached));
        file.Dispose();
        done.Trigger();
    }

    private static string Text(FileEntry[] entries) =>
        string.Join(' ', entries.Select(entry => $"{entry.Name}:{(entry.IsDirectory ? "directory" : "file")}:{entry.Length}"));
}
