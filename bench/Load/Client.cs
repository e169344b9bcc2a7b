using System.Net.Sockets;

namespace Tame.Load;

/// <summary>One client: a request at a time, each when it is due or, where the answer before came late, at once.</summary>
internal sealed partial class Client(LoadRun run, int number)
{
    private static readonly TimeSpan s_pauseAfterFailure = TimeSpan.FromMilliseconds(5);
    private readonly AnswerReader _answer = new();
    private readonly Random _random = new(unchecked((run.Options.Seed * 1_000_003) + number));      // HashCode.Combine differs from process to process
    private Connection? _connection;
    private int _requestsLeft;
    private long _sent = long.MaxValue;
    private bool _timedOut;

    /// <summary>Resets the connection if its request was sent before this moment and is not answered.</summary>
    public void EndIfSentBefore(long moment)
    {
        if (_sent >= moment || _connection is null)
            return;
        _timedOut = true;
        _connection.Abort();
    }

    /// <summary>Sends and receives until the run's time is over and the last answer is there.</summary>
    [Tamed] public partial void Run(Event done);

    private void RunBody(Event done)
    {
        long due = run.Schedule.Due(number, 0, run.Clock.Now);
        for (long index = 1; due < run.Schedule.End; index++)
        {
            if (due > run.Clock.Now)
                twait(e => run.Pacer.At(due, e));
            if (run.Clock.Now >= run.Schedule.End)
            {
                CountUnsent(due, index);
                break;
            }
            try
            {
                twait(e => Ask(due, e));
            }
            catch (Exception error) when (error is SocketException or IOException or ObjectDisposedException or TimeoutException)
            {
                Fail(due, error);
                twait(e => timer(s_pauseAfterFailure, e));
            }
            due = run.Schedule.Due(number, index, run.Clock.Now);
        }
        Close();
        done.Trigger();
    }

    [Tamed] private partial void Ask(long due, Event done);

    private void AskBody(long due, Event done)
    {
        _sent = run.Clock.Now;
        _timedOut = false;
        if (_connection is null)
        {
            twait(e => Network.Current.Connect(run.Options.Server, e.WithTimeout(run.Options.Timeout)), out Connection opened);
            _connection = opened;
            _requestsLeft = run.Options.RequestsPerConnection;
            run.Result.Connections++;
        }
        long sent = _sent;
        twait(e => _connection.Send(run.Choice.Take(_random), e));
        _answer.Reset();
        while (true)
        {
            twait(e => _connection.Receive(_answer.Free, e), out int count);
            if (_answer.Take(count))
                break;
        }
        long now = run.Clock.Now;
        _sent = long.MaxValue;
        if (run.Schedule.Counts(now))
            run.Result.AddArrival(_answer);
        if (run.Schedule.Counts(due))
            run.Result.Add(number, _answer, now - due, now - sent);
        if (_answer.Closes || --_requestsLeft == 0)
            Close();
        done.Trigger();
    }

    /// <summary>The requests from this one on would have been sent by now if the answers had come.</summary>
    private void CountUnsent(long due, long next)
    {
        for (; due < run.Schedule.End && run.Options.Rate > 0; due = run.Schedule.Due(number, next++, due))
        {
            if (run.Schedule.Counts(due))
                run.Result.AddUnsent(run.Schedule.End - due);
        }
    }

    private void Fail(long due, Exception error)
    {
        Close();
        if (!run.Schedule.Counts(due))
            return;
        run.Result.Fail(error switch
        {
            _ when _timedOut => "no answer in time",
            TimeoutException => "no connection in time",
            SocketException socket => socket.SocketErrorCode.ToString(),
            _ => error.Message,
        }, run.Clock.Now - due);
    }

    private void Close()
    {
        _sent = long.MaxValue;
        _connection?.Dispose();
        _connection = null;
    }
}
