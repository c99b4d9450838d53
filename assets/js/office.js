/* js/office */
