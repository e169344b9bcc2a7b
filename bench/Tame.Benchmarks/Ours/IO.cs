using System.Net;
using System.Net.Sockets;
using Tame.Benchmarks.Peers;
using Tame.IO;

namespace Tame.Benchmarks.Ours;

/// <summary>A <see cref="Reader"/> over a connection that has its bytes.</summary>
internal sealed partial class Lines(int count)
{
    private readonly byte[] _bytes = Text.Lines(count);
    private long _sum;

    public void Run()
    {
        _sum = 0;
        Loops.Run(ReadAll);
        Text.Check(_sum, count);
    }

    [Tamed]
    private partial void ReadAll();

    private void ReadAllBody()
    {
        using var connection = new BytesConnection(_bytes);
        using var reader = new Reader(connection);
        do
        {
            while (reader.TryReadLine(out var line))
                _sum += line.Length;
            twait(e => reader.Fill(e));
        }
        while (!reader.IsEnded);
        Loops.Stop();
    }
}

/// <summary>A connection that has its bytes, and gives 16 KB of them at a time.</summary>
internal sealed class BytesConnection(byte[] bytes) : Connection
{
    private int _at;

    public override EndPoint? LocalEndPoint => null;

    public override EndPoint? RemoteEndPoint => null;

    public override int GetSocketOption(SocketOptionLevel level, SocketOptionName name) => throw new NotSupportedException();

    public override void SetSocketOption(SocketOptionLevel level, SocketOptionName name, int value) => throw new NotSupportedException();

    protected override int ReceiveCore(Span<byte> buffer, out SocketError error)
    {
        error = SocketError.Success;
        var count = Math.Min(Math.Min(buffer.Length, Text.Chunk), bytes.Length - _at);
        bytes.AsSpan(_at, count).CopyTo(buffer);
        _at += count;
        return count;
    }

    protected override int SendCore(ReadOnlySpan<byte> buffer, out SocketError error) => throw new NotSupportedException();

    protected override void CloseSendCore() => throw new NotSupportedException();

    protected override void CloseCore(bool isAbort)
    {
    }

    protected override void WaitToReceive() => EventLoop.Current!.Post(OnReadable);

    protected override void StopWaitToReceive()
    {
    }

    protected override void WaitToSend() => throw new NotSupportedException();

    protected override void StopWaitToSend()
    {
    }
}

/// <summary>Reads of a file of <see cref="FileSystem"/>, by an event each.</summary>
internal sealed partial class FileReads
{
    private readonly byte[] _buffer = new byte[Text.Page];
    private RandomAccessFile? _file;

    public void Run(int operations) => Loops.Run(() => All(operations));

    [Tamed]
    private partial void All(int times);

    private void AllBody(int times)
    {
        if (_file is null) twait(e => Network.Current.Files.Open(Text.PageFile, FileMode.Open, FileAccess.Read, e), out _file);
        for (var i = 0; i < times; i++)
        {
            twait(e => _file.Read(_buffer, (i & 63) * Text.Page, e), out int count);
            if (count != Text.Page) throw new InvalidOperationException($"{count} bytes came.");
        }

        Loops.Stop();
    }
}

/// <summary>Connections of a <see cref="MemoryNetwork"/>, from each of which one side sends and the other receives.</summary>
internal sealed partial class Deliveries(int connections)
{
    private const int Size = 64;
    private readonly MemoryNetwork _network = new();
    private readonly List<(Connection Near, Connection Far)> _pairs = [];

    public void Run(int operations) => Loops.Run(() => All(operations / connections));

    [Tamed]
    private partial void All(int times);

    private void AllBody(int times)
    {
        using var listener = _pairs.Count == 0 ? _network.Listen(new IPEndPoint(IPAddress.Loopback, 0)) : null;
        while (_pairs.Count < connections)
        {
            Connection near, far;
            using (twait())
            {
                _network.Connect(listener!.LocalEndPoint, mkevent(out near));
                listener.Accept(mkevent(out far));
            }
            _pairs.Add((near, far));
        }

        using (twait())
            foreach (var (near, far) in _pairs)
            {
                Send(near, times, mkevent());
                Receive(far, times, mkevent());
            }
        Loops.Stop();
    }

    [Tamed]
    private static partial void Send(Connection connection, int times, Event done);

    private static void SendBody(Connection connection, int times, Event done)
    {
        var buffer = new byte[Size];
        for (var i = 0; i < times; i++) twait(e => connection.Send(buffer, e));
        done.Trigger();
    }

    /// <summary>A message at a time, so that each is a delivery of its own.</summary>
    [Tamed]
    private static partial void Receive(Connection connection, int times, Event done);

    private static void ReceiveBody(Connection connection, int times, Event done)
    {
        var buffer = new byte[Size];
        for (var left = times * Size; left != 0;)
        {
            twait(e => connection.Receive(buffer, e), out int count);
            left -= count;
        }

        done.Trigger();
    }
}
