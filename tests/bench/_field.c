/* The field of the poll bench: cabinets on libmodbus, one for each connection, on one port.
 *
 * Prints its port, serves until its standard input closes. Each connection finds a cabinet of its
 * own in the map of backend_bridge/drivers/modbus/README.md: the heartbeat and the voltage move at
 * each read of the input registers, one lamp after the other changes at each read of the holding
 * registers, until it is commanded: then it holds what it was told, and bit 9 says so. Two letters on standard input, a line each: c cuts the network (connections stand, new
 * ones are taken, nothing is answered), b brings it back. Build: gcc -O2 -o field _field.c $(pkg-config --cflags --libs libmodbus) */
#define _GNU_SOURCE /* POLLRDHUP */
#include <arpa/inet.h>
#include <modbus.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#define MOST 1000 /* modbus_receive waits with select(): FD_SETSIZE is its limit */
#define LAMPS_AT 100
#define LAMPS 76
#define COMMANDS_AT 1100
#define RELEASED 0xFFFF
#define HELD 0x200
#define REGISTERS 1300

static struct pollfd watched[MOST];
static modbus_mapping_t *cabinet[MOST];
static int lamp[MOST];

static modbus_mapping_t *new_cabinet(void) {
    modbus_mapping_t *map = modbus_mapping_new(8, 8, REGISTERS, 64);
    if (map == NULL) exit(1);
    map->tab_input_registers[0] = 2;     /* door closed, mains present */
    map->tab_input_registers[2] = 2312;  /* 0.1 V */
    map->tab_input_registers[7] = 0xBE01; /* which device this is */
    map->tab_input_registers[4] = 5400;  /* W */
    for (int n = 0; n < 8; n++) {
        map->tab_input_registers[16 + n] = 1;
        map->tab_input_registers[24 + n] = 310;
    }
    for (int n = 0; n < LAMPS; n++) map->tab_registers[LAMPS_AT + n] = 100;
    return map;
}

static void live(int n, int function) {
    if (function == MODBUS_FC_READ_INPUT_REGISTERS) {
        cabinet[n]->tab_input_registers[1]++;
        cabinet[n]->tab_input_registers[2] = 2300 + cabinet[n]->tab_input_registers[1] % 20;
    } else if (function == MODBUS_FC_READ_HOLDING_REGISTERS) {
        uint16_t *word = &cabinet[n]->tab_registers[LAMPS_AT + lamp[n]++ % LAMPS];
        if (!(*word & HELD)) *word = *word == 100 ? 70 : 100;
    }
}

/* Let a lamp follow the command register that was just written. */
static void follow(int n, const uint8_t *pdu) {
    int at = (pdu[1] << 8 | pdu[2]) - COMMANDS_AT;
    if (pdu[0] != MODBUS_FC_WRITE_SINGLE_REGISTER && pdu[0] != MODBUS_FC_WRITE_MULTIPLE_REGISTERS) return;
    if (at < 0 || at % 2 || at / 2 >= LAMPS) return;
    uint16_t told = cabinet[n]->tab_registers[COMMANDS_AT + at];
    cabinet[n]->tab_registers[LAMPS_AT + at / 2] = told == RELEASED ? 100 : told | HELD;
}

/* Obey one line of standard input; 0 at its end. */
static int obey(int *cut) {
    char said[64];
    ssize_t length = read(STDIN_FILENO, said, sizeof said);
    for (ssize_t at = 0; at < length; at++) {
        if (said[at] == 'c') *cut = 1;
        if (said[at] == 'b') *cut = 0;
    }
    return length > 0;
}

int main(void) {
    modbus_t *context = modbus_new_tcp("127.0.0.1", 0);
    struct sockaddr_in address;
    socklen_t size = sizeof address;
    int count = 2, cut = 0, listening;

    if (context == NULL) return 1;
    listening = modbus_tcp_listen(context, 1024);
    if (listening < 0 || getsockname(listening, (struct sockaddr *)&address, &size) < 0) return 1;
    printf("%d\n", ntohs(address.sin_port));
    fflush(stdout);
    watched[0] = (struct pollfd){.fd = STDIN_FILENO, .events = POLLIN};
    watched[1] = (struct pollfd){.fd = listening, .events = POLLIN};
    for (;;) {
        if (poll(watched, count, -1) < 0) return 1;
        if (watched[0].revents) {
            if (!obey(&cut)) return 0;
            /* while it is cut only the end of a connection is heard */
            for (int n = 2; n < count; n++) watched[n].events = cut ? POLLRDHUP : POLLIN;
            continue;
        }
        if (watched[1].revents && count < MOST) {
            int fd = accept(listening, NULL, NULL);
            if (fd >= 0) {
                watched[count] = (struct pollfd){.fd = fd, .events = cut ? POLLRDHUP : POLLIN};
                cabinet[count++] = new_cabinet();
            }
        }
        for (int n = 2; n < count; n++) {
            uint8_t query[MODBUS_TCP_MAX_ADU_LENGTH];
            int length;
            if (!watched[n].revents) continue;
            modbus_set_socket(context, watched[n].fd);
            length = cut ? -1 : modbus_receive(context, query);
            if (length > 0) {
                live(n, query[modbus_get_header_length(context)]);
                modbus_reply(context, query, length, cabinet[n]);
                follow(n, query + modbus_get_header_length(context));
            } else if (length < 0) {
                close(watched[n].fd);
                modbus_mapping_free(cabinet[n]);
                watched[n] = watched[--count];
                watched[count].revents = 0;
                cabinet[n] = cabinet[count];
                lamp[n] = lamp[count];
                lamp[count] = 0;
                n--;
            }
        }
    }
}
