using System.Buffers;
using System.Net;
using System.Net.Sockets;

namespace Tame.IO.Tests.Files;

/// <summary>Operations with files, and sends that have to wait: they have the only handle of their event. Such an event has no lifeline.</summary>
public sealed partial class KeptFileOperationTests : FolderTests
{
    private const int Length = 20_000_000;

    public static TheoryData<string, string> Operations => new(
        from network in new[] { Networks.Memory, Networks.System, Networks.Portable }
        from operation in new[] { "file", "handle", "sequence", "watcher", "datagram" }
        select (network, operation));

    [Theory]
    [MemberData(nameof(Operations))]
    public void A_waiting_operation_takes_no_lifeline(string network, string operation) => Networks.Run(network, done => Check(operation, done));

    [Tamed] private partial void Check(string operation, Event done);

    private void CheckBody(string operation, Event done)
    {
        twait(e => Files.CreateDirectory(Root, e));
        twait(e => Files.Open(Root + "/a", FileMode.Create, FileAccess.ReadWrite, e), out RandomAccessFile file);
        twait(e => file.SetLength(Length, e));
        twait(e => Files.Watch(Root, recursive: false, e), out FileWatcher watcher);
        twait(e => Networks.Pair(Networks.AnyPort, e), out Connection client, out Connection server);
        using var handle = Make();
        var loop = EventLoop.Current!;
        int before = loop.Pools.Lifelines.InUse;
        Wait(operation, client, file, handle, watcher, Event.Ignored);
        Assert.Single(loop.Blocked, blocked => blocked.Method.EndsWith(nameof(Wait), StringComparison.Ordinal));
        Assert.Equal(before, loop.Pools.Lifelines.InUse);
        done.Trigger();
    }

    /// <summary>A real file, which every network can send.</summary>
    private static Microsoft.Win32.SafeHandles.SafeFileHandle Make()
    {
        var handle = File.OpenHandle(Path.GetTempFileName(), FileMode.Open, FileAccess.ReadWrite, options: FileOptions.DeleteOnClose);
        RandomAccess.SetLength(handle, Length);
        return handle;
    }

    /// <summary>Waits in one operation, which does not end by itself.</summary>
    [Tamed]
    private static partial void Wait(string operation, Connection connection, RandomAccessFile file, Microsoft.Win32.SafeHandles.SafeFileHandle handle, FileWatcher watcher, Event done);

    private static void WaitBody(string operation, Connection connection, RandomAccessFile file, Microsoft.Win32.SafeHandles.SafeFileHandle handle, FileWatcher watcher, Event done)
    {
        switch (operation)
        {
            case "file":
                twait(e => connection.SendFile(file, 0, Length, e));
                break;
            case "handle":
                twait(e => connection.SendFile(handle, 0, Length, e));
                break;
            case "sequence":
                var sequence = new ReadOnlySequence<byte>(new byte[Length]);
                twait(e => connection.Send(sequence, e));
                break;
            case "watcher":
                while (true)
                    twait(e => watcher.Next(e), out FileChange _);
            default:
                using (var full = new FullDatagrams())
                    twait(e => full.Send(new byte[1], Networks.AnyPort, e));
                break;
        }
        done.Trigger();
    }

    /// <summary>A socket that can never send.</summary>
    private sealed class FullDatagrams : Datagrams
    {
        public override EndPoint LocalEndPoint => Networks.AnyPort;

        protected override int ReceiveCore(Span<byte> buffer, out EndPoint? from, out SocketError error)
        {
            (from, error) = (null, SocketError.WouldBlock);
            return 0;
        }

        protected override void SendCore(ReadOnlySpan<byte> buffer, EndPoint to, out SocketError error) => error = SocketError.WouldBlock;

        protected override void CloseCore()
        {
        }

        protected override void WaitToReceive()
        {
        }

        protected override void StopWaitToReceive()
        {
        }

        protected override void WaitToSend()
        {
        }

        protected override void StopWaitToSend()
        {
        }
    }
}
