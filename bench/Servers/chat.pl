#!/usr/bin/perl
# Clients of samples/Chat: `chat.pl PORT one` asks whether it answers. `chat.pl PORT talk SECONDS CLIENTS` keeps clients who talk in rooms of eight, and counts the lines that they heard.
# `chat.pl PORT abort SECONDS CLIENTS` has as many at a time who come, talk, read little or nothing, and are closed or reset after up to three seconds; it counts those who came.
use strict;
use warnings;
use IO::Select;
use IO::Socket::INET;
use Socket qw(SOL_SOCKET SO_LINGER SO_RCVBUF);
use Time::HiRes qw(time sleep);

my ($port, $mode, $seconds, $most) = @ARGV;
defined $mode or die "usage: chat.pl PORT one|talk|abort [SECONDS CLIENTS]\n";
local $SIG{PIPE} = 'IGNORE';
my ($names, $count) = (0, 0);

sub connect_as {
    my ($room) = @_;
    my $socket = IO::Socket::INET->new(PeerAddr => '127.0.0.1', PeerPort => $port, Proto => 'tcp') or return;
    $socket->blocking(0);
    my $name = sprintf '%s%d-%d', substr($mode, 0, 1), $$, $names++;
    syswrite($socket, "$name\n" . (defined $room ? "/join $room\n" : ''));
    return $socket;
}

sub one {
    my $socket = connect_as('soak') or return 0;
    syswrite($socket, "hello\n");
    my ($heard, $end) = ('', time + 10);
    my $select = IO::Select->new($socket);
    while (time < $end && $heard !~ /: hello\n/) {
        sysread($socket, $heard, 1024, length $heard) if $select->can_read(0.1);
    }
    return $heard =~ /: hello\n/;
}

sub talk {
    my $end = time + $seconds;
    my @clients = map { connect_as('room' . int($_ / 8)) // die "no connection: $!\n" } 1 .. $most;
    my $select = IO::Select->new(@clients);
    while (time < $end) {
        syswrite($clients[rand @clients], "a line of $count\n") for 1 .. 4;
        for my $client ($select->can_read(0.002)) {
            my $read = sysread($client, my $some, 65536);
            die "the server closed a client that did nothing wrong\n" unless $read;
            $count += $some =~ tr/\n//;
        }
    }
    print "$count lines heard\n";
}

sub abort {
    my ($end, @clients) = (time + $seconds);
    while (time < $end) {
        if (@clients < $most and my $socket = connect_as(rand() < 0.5 ? 'mob' : undef)) {
            setsockopt($socket, SOL_SOCKET, SO_RCVBUF, pack('i', 4096));
            syswrite($socket, rand() < 0.3 ? 'half a line' : "a line\n" x int(rand 50));
            syswrite($socket, '/quit' . "\n") if rand() < 0.1;
            shutdown($socket, 1) if rand() < 0.2;
            push @clients, { socket => $socket, end => time + rand() ** 3 * 3 };
            $count++;
        }
        my $now = time;
        for my $client (@clients) {
            sysread($client->{socket}, my $some, 1024) if rand() < 0.1;
            next if $client->{end} >= $now;
            setsockopt($client->{socket}, SOL_SOCKET, SO_LINGER, pack('ii', 1, 0)) if rand() < 0.5;
            close($client->{socket});
        }
        @clients = grep { $_->{end} >= $now } @clients;
        sleep(0.005);
    }
    close($_->{socket}) for @clients;
    print "$count\n";
}

exit(one() ? 0 : 1) if $mode eq 'one';
$mode eq 'talk' ? talk() : abort();
