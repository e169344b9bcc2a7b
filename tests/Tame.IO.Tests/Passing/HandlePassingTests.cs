using System.Net;
using System.Net.Sockets;
using System.Runtime.Versioning;
using System.Text;
using Microsoft.Win32.SafeHandles;
using Tame.IO.Tests.Streams;

namespace Tame.IO.Tests.Passing;

[SupportedOSPlatform("linux")]
[Collection(nameof(Alone))]
public sealed partial class HandlePassingTests
{
    [Fact]
    public void A_file_passes_with_its_bytes_and_outlives_the_handle_that_was_sent() => Run(FileTest);

    [Tamed] private static partial void FileTest(Connection client, Connection server, Event done);

    private static void FileTestBody(Connection client, Connection server, Event done)
    {
        using var file = TemporaryFile("the text");
        var got = new byte[10];
        int count;
        SafeFileHandle[]? handles;
        using (twait())
        {
            client.SendHandles(new byte[] { 1, 2, 3 }, [file, file], mkevent());
            server.ReceiveHandles(got, mkevent(out count, out handles));
        }
        Assert.Equal([1, 2, 3], got[..count]);
        Assert.Equal(2, handles.Length);
        file.Dispose();
        foreach (var handle in handles)
        {
            Assert.Equal("the text", ReadAll(handle));
            handle.Dispose();
        }
        done.Trigger();
    }

    [Fact]
    public void Handles_come_with_their_own_bytes_in_a_stream_of_others() => Run(OrderTest);

    [Tamed] private static partial void OrderTest(Connection client, Connection server, Event done);

    private static void OrderTestBody(Connection client, Connection server, Event done)
    {
        using var first = TemporaryFile("first");
        using var second = TemporaryFile("second");
        twait(e => client.Send("a"u8.ToArray(), e));
        twait(e => client.SendHandles("bc"u8.ToArray(), [first], e));
        twait(e => client.Send("d"u8.ToArray(), e));
        twait(e => client.SendHandles("e"u8.ToArray(), [second], e));
        client.CloseSend();
        var got = new List<string>();
        var buffer = new byte[100];
        for (int count = -1; count != 0;)
        {
            twait(e => server.ReceiveHandles(buffer, e), out count, out SafeFileHandle[] handles);
            got.Add(Encoding.UTF8.GetString(buffer, 0, count) + string.Concat(handles.Select(handle => $" {ReadAll(handle)}")));
        }
        Assert.Equal("abc first|de second|", string.Join('|', got));
        done.Trigger();
    }

    [Fact]
    public void Handles_go_once_where_the_bytes_take_many_sends() => Run(LongTest);

    [Tamed] private static partial void LongTest(Connection client, Connection server, Event done);

    private static void LongTestBody(Connection client, Connection server, Event done)
    {
        using var file = TemporaryFile("once");
        var bytes = new byte[3_000_000];
        new Random(1).NextBytes(bytes);
        byte[]? got;
        int handles;
        using (twait())
        {
            client.SendHandles(bytes, [file], mkevent());
            TakeAll(server, bytes.Length, mkevent(out got, out handles));
        }
        Assert.Equal(bytes, got);
        Assert.Equal(1, handles);
        done.Trigger();
    }

    [Tamed] private static partial void TakeAll(Connection server, int length, Event<byte[], int> taken);

    private static void TakeAllBody(Connection server, int length, Event<byte[], int> taken)
    {
        var all = new MemoryStream();
        var buffer = new byte[50_000];
        int passed = 0;
        while (all.Length < length)
        {
            twait(e => server.ReceiveHandles(buffer, e), out int count, out SafeFileHandle[] handles);
            all.Write(buffer, 0, count);
            passed += handles.Length;
        }
        taken.Trigger(all.ToArray(), passed);
    }

    [Fact]
    public void A_receive_that_is_given_up_takes_no_handle() => Run(GivenUpTest);

    [Tamed] private static partial void GivenUpTest(Connection client, Connection server, Event done);

    private static void GivenUpTestBody(Connection client, Connection server, Event done)
    {
        using var file = TemporaryFile("kept");
        var buffer = new byte[1];
        int count;
        SafeFileHandle[]? handles;
        bool inTime;
        using (twait())
            server.ReceiveHandles(buffer, mkevent(out count, out handles).WithTimeout(TimeSpan.FromMilliseconds(20), mkevent(out inTime)));
        Assert.False(inTime);
        Assert.Null(handles);
        twait(e => client.SendHandles(new byte[1], [file], e));
        twait(e => server.ReceiveHandles(buffer, e), out count, out handles);
        Assert.Equal("kept", ReadAll(Assert.Single(handles)));
        done.Trigger();
    }

    [Fact]
    public void A_connection_that_was_passed_goes_on_where_it_was_received() => Run(ConnectionTest);

    [Tamed] private static partial void ConnectionTest(Connection client, Connection server, Event done);

    private static void ConnectionTestBody(Connection client, Connection server, Event done)
    {
        var buffer = new byte[100];
        twait(e => Networks.Pair(Networks.AnyPort, e), out Connection near, out Connection far);
        var address = far.RemoteEndPoint;
        SafeFileHandle[]? handles;
        using (twait())
        {
            client.SendHandles(new byte[1], [far.GetHandle()], mkevent());
            server.ReceiveHandles(buffer, mkevent(out int _, out handles));
        }
        far.Dispose();
        Assert.Throws<ObjectDisposedException>(() => far.GetHandle());
        using var passed = Assert.Single(handles).ToConnection();
        Assert.True(handles[0].IsClosed);
        Assert.Equal(address, passed.RemoteEndPoint);
        Assert.Equal(near.RemoteEndPoint, passed.LocalEndPoint);
        twait(e => near.Send("question"u8.ToArray(), e));
        twait(e => passed.Receive(buffer, e), out int count);
        Assert.Equal("question", Encoding.UTF8.GetString(buffer, 0, count));
        passed.Dispose();
        twait(e => near.Receive(buffer, e), out count);
        Assert.Equal(0, count);
        near.Dispose();
        done.Trigger();
    }

    [Fact]
    public void A_listener_that_was_passed_accepts_and_leaves_its_path_to_its_maker() => Run(ListenerTest);

    [Tamed] private static partial void ListenerTest(Connection client, Connection server, Event done);

    private static void ListenerTestBody(Connection client, Connection server, Event done)
    {
        string path = Path.Combine(Path.GetTempPath(), $"tame-{Guid.NewGuid():N}");
        var listener = Network.Current.Listen(new UnixDomainSocketEndPoint(path));
        SafeFileHandle[]? handles;
        using (twait())
        {
            client.SendHandles(new byte[1], [listener.GetHandle()], mkevent());
            server.ReceiveHandles(new byte[1], mkevent(out int _, out handles));
        }
        var passed = Assert.Single(handles).ToListener();
        Assert.Equal(path, passed.LocalEndPoint.ToString());
        Connection? near, far;
        using (twait())
        {
            Network.Current.Connect(listener.LocalEndPoint, mkevent(out near));
            passed.Accept(mkevent(out far));
        }
        near.Dispose();
        far.Dispose();
        passed.Dispose();
        Assert.True(File.Exists(path));
        listener.Dispose();
        Assert.Throws<ObjectDisposedException>(() => listener.GetHandle());
        Assert.False(File.Exists(path));
        done.Trigger();
    }

    [Fact]
    public void What_cannot_be_passed_is_refused() => Run(RefusalTest);

    [Tamed] private static partial void RefusalTest(Connection client, Connection server, Event done);

    private static void RefusalTestBody(Connection client, Connection server, Event done)
    {
        using var file = TemporaryFile("file");
        var one = new byte[1];
        Refused<ArgumentException>("must hold at least one byte", () => client.SendHandles(Array.Empty<byte>(), [file], Event.Ignored));
        Refused<ArgumentException>("must hold at least one byte", () => client.ReceiveHandles(Array.Empty<byte>(), Event<int, SafeFileHandle[]>.Ignored));
        Refused<ArgumentException>("These are 254 handles, and the system passes at most 253", () => client.SendHandles(one, [.. Enumerable.Repeat(file, 254)], Event.Ignored));
        Refused<ArgumentException>("A handle is null", () => client.SendHandles(one, [null!], Event.Ignored));
        Refused<ArgumentException>("connected socket", () => file.ToConnection());
        Refused<ArgumentException>("a socket that listens", () => file.ToListener());
        Assert.Equal("file", ReadAll(file));
        twait(e => Networks.Pair(Networks.AnyPort, e), out Connection near, out Connection far);
        Refused<ArgumentException>("not a Unix domain socket", () => near.SendHandles(one, [file], Event.Ignored));
        Refused<NotSupportedException>("StreamConnection", () => IO.Connections.From(near.AsStream()).ReceiveHandles(one, Event<int, SafeFileHandle[]>.Ignored));
        near.Dispose();
        far.Dispose();
        file.Dispose();
        twait(e => Fails(client, [file], e), out bool hasFailed);
        Assert.True(hasFailed);
        twait(e => client.SendHandles(one, [], e));
        twait(e => server.ReceiveHandles(new byte[2], e), out int count, out SafeFileHandle[] none);
        Assert.Equal(1, count);
        Assert.Empty(none);
        client.Dispose();
        twait(e => Fails(client, [], e), out hasFailed);
        Assert.True(hasFailed);
        done.Trigger();
    }

    /// <summary>Whether something closed fails the send.</summary>
    [Tamed] private static partial void Fails(Connection client, SafeFileHandle[] handles, Event<bool> hasFailed);

    private static void FailsBody(Connection client, SafeFileHandle[] handles, Event<bool> hasFailed)
    {
        bool isClosed = false;
        try
        {
            twait(e => client.SendHandles(new byte[1], handles, e));
        }
        catch (ObjectDisposedException)
        {
            isClosed = true;
        }
        hasFailed.Trigger(isClosed);
    }

    private static void Refused<T>(string because, Action action)
        where T : Exception => Assert.Contains(because, Assert.Throws<T>(action).Message, StringComparison.Ordinal);

    [Fact]
    public void Handles_that_find_no_room_fail_the_receive_and_are_closed() => Run(NoRoomTest);

    [Tamed] private static partial void NoRoomTest(Connection client, Connection server, Event done);

    private static void NoRoomTestBody(Connection client, Connection server, Event done)
    {
        using var file = TemporaryFile("one");
        var buffer = new byte[10];
        twait(e => client.SendHandles(new byte[3], [file, file, file], e));
        IOException? lost = null;
        using (Limit.ToNextDescriptor())
        {
            try
            {
                twait(e => server.ReceiveHandles(buffer, e), out int _, out SafeFileHandle[] _);
            }
            catch (IOException error)
            {
                lost = error;
            }
        }
        Assert.Contains("had free descriptors for only 1 of them. All of them were closed", lost!.Message, StringComparison.Ordinal);
        twait(e => client.SendHandles(new byte[3], [file], e));
        twait(e => server.ReceiveHandles(buffer, e), out int count, out SafeFileHandle[] handles);
        Assert.Equal(3, count);
        Assert.Equal("one", ReadAll(Assert.Single(handles)));
        done.Trigger();
    }

    private static void Run(Action<Connection, Connection, Event> main)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Handles pass on Linux.");
        string path = Path.Combine(Path.GetTempPath(), $"tame-{Guid.NewGuid():N}");
        Networks.Run(Networks.System, done => With(new UnixDomainSocketEndPoint(path), main, done));
    }

    [Tamed] private static partial void With(EndPoint at, Action<Connection, Connection, Event> main, Event done);

    private static void WithBody(EndPoint at, Action<Connection, Connection, Event> main, Event done)
    {
        twait(e => Networks.Pair(at, e), out Connection client, out Connection server);
        using (client)
        using (server)
            twait(e => main(client, server, e));
        done.Trigger();
    }

    private static SafeFileHandle TemporaryFile(string text)
    {
        var file = File.OpenHandle(Path.Combine(Path.GetTempPath(), $"tame-{Guid.NewGuid():N}"), FileMode.CreateNew, FileAccess.ReadWrite, options: FileOptions.DeleteOnClose);
        RandomAccess.Write(file, Encoding.UTF8.GetBytes(text), 0);
        return file;
    }

    private static string ReadAll(SafeFileHandle file)
    {
        var bytes = new byte[100];
        return Encoding.UTF8.GetString(bytes, 0, RandomAccess.Read(file, bytes, 0));
    }
}
