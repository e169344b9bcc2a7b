using System.Net;
using System.Net.Sockets;

namespace Tame.IO.Tests.Connections;

/// <summary>When an operation makes an attempt before it waits, and when it waits at once.</summary>
public sealed partial class AttemptTests : IDisposable
{
    private const int Messages = 400;
    private const int SendsInARow = 16;
    private const int ReceivesInARow = 8;

    private CountedConnection? _connection;

    public void Dispose() => _connection?.Dispose();

    [Theory]
    [InlineData(8)]
    [InlineData(9)]
    public void Attempts_that_find_nothing_become_rare_while_each_message_comes_after_a_wait(int bufferSize)
    {
        EventLoop.Run(done => ReceiveEach(bufferSize, comesAfterWait: true, done));
        Assert.Equal(Messages, _connection!.ReceiveWaits);
        Assert.InRange(_connection.Receives - Messages, 0, Messages / 20);
    }

    [Fact]
    public void Available_bytes_are_received_without_a_wait_up_to_eight_times_in_a_row()
    {
        EventLoop.Run(done => ReceiveEach(8, comesAfterWait: false, done));
        Assert.Equal(Messages, _connection!.Receives);
        Assert.InRange(_connection.ReceiveWaits, Messages / (ReceivesInARow + 2), Messages / ReceivesInARow);
    }

    [Fact]
    public void A_stream_that_begins_to_flow_is_soon_received_without_waits()
    {
        EventLoop.Run(done => ReceiveBoth(done));
        Assert.InRange(_connection!.ReceiveWaits, Messages, Messages + 31 + Messages / ReceivesInARow);
    }

    [Fact]
    public void A_connection_that_only_sends_waits_after_sixteen_sends_in_a_row()
    {
        EventLoop.Run(Send);
        Assert.Equal(Messages, _connection!.Sends);
        Assert.InRange(_connection.SendWaits, Messages / (SendsInARow + 2), Messages / SendsInARow);
    }

    [Tamed]
    private partial void ReceiveEach(int bufferSize, bool comesAfterWait, Event done);

    private void ReceiveEachBody(int bufferSize, bool comesAfterWait, Event done)
    {
        _connection = new CountedConnection { ComesAfterWait = comesAfterWait };
        var buffer = new byte[bufferSize];
        for (int i = 0; i < Messages; i++)
        {
            twait(e => _connection.Receive(buffer, e), out int count);
            Assert.Equal(CountedConnection.MessageSize, count);
        }
        done.Trigger();
    }

    [Tamed]
    private partial void ReceiveBoth(Event done);

    private void ReceiveBothBody(Event done)
    {
        twait(e => ReceiveEach(8, comesAfterWait: true, e));
        _connection!.ComesAfterWait = false;
        var buffer = new byte[8];
        for (int i = 0; i < Messages; i++)
            twait(e => _connection.Receive(buffer, e), out int _);
        done.Trigger();
    }

    [Tamed]
    private partial void Send(Event done);

    private void SendBody(Event done)
    {
        _connection = new CountedConnection();
        for (int i = 0; i < Messages; i++)
            twait(e => _connection.Send(new byte[1], e));
        done.Trigger();
    }

    /// <summary>Messages of eight bytes come at once, or after each wait.</summary>
    private sealed class CountedConnection : Connection
    {
        public const int MessageSize = 8;
        private bool _hasCome;

        public bool ComesAfterWait { get; set; }

        public int Receives { get; private set; }

        public int ReceiveWaits { get; private set; }

        public int Sends { get; private set; }

        public int SendWaits { get; private set; }

        public override EndPoint? LocalEndPoint => null;

        public override EndPoint? RemoteEndPoint => null;

        public override int GetSocketOption(SocketOptionLevel level, SocketOptionName name) => throw new NotSupportedException();

        public override void SetSocketOption(SocketOptionLevel level, SocketOptionName name, int value) => throw new NotSupportedException();

        protected override int ReceiveCore(Span<byte> buffer, out SocketError error)
        {
            Receives++;
            bool isThere = !ComesAfterWait || _hasCome;
            _hasCome = false;
            error = isThere ? SocketError.Success : SocketError.WouldBlock;
            return isThere ? MessageSize : 0;
        }

        protected override int SendCore(ReadOnlySpan<byte> buffer, out SocketError error)
        {
            Sends++;
            error = SocketError.Success;
            return buffer.Length;
        }

        protected override void CloseSendCore()
        {
        }

        protected override void CloseCore(bool isAbort)
        {
        }

        protected override void WaitToReceive()
        {
            ReceiveWaits++;
            _hasCome = true;
            Loop.Post(OnReadable);
        }

        protected override void StopWaitToReceive()
        {
        }

        protected override void WaitToSend()
        {
            SendWaits++;
            Loop.Post(OnWritable);
        }

        protected override void StopWaitToSend()
        {
        }
    }
}
